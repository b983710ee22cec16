namespace OsDeploy.Tui.Drawing;

/// <summary>The look of every <see cref="VisualRole"/> of a view.</summary>
public sealed record Scheme
{
    public Attribute Normal { get; init; }

    public Attribute HotNormal { get; init; }

    public Attribute Focus { get; init; }

    public Attribute HotFocus { get; init; }

    public Attribute Active { get; init; }

    public Attribute HotActive { get; init; }

    public Attribute Highlight { get; init; }

    public Attribute Disabled { get; init; }

    public Attribute Editable { get; init; }

    public Attribute ReadOnly { get; init; }

    public Attribute GetAttributeForRole(VisualRole role) => role switch
    {
        VisualRole.HotNormal => HotNormal,
        VisualRole.Focus => Focus,
        VisualRole.HotFocus => HotFocus,
        VisualRole.Active => Active,
        VisualRole.HotActive => HotActive,
        VisualRole.Highlight => Highlight,
        VisualRole.Disabled => Disabled,
        VisualRole.Editable => Editable,
        VisualRole.ReadOnly => ReadOnly,
        _ => Normal,
    };
}
