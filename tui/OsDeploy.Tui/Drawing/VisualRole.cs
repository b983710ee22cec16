namespace OsDeploy.Tui.Drawing;

/// <summary>What a part of a view is to the person who looks at it; the scheme says how that looks.</summary>
public enum VisualRole
{
    Normal,
    HotNormal,
    Focus,
    HotFocus,

    /// <summary>Chosen, without having the focus.</summary>
    Active,

    HotActive,
    Highlight,
    Disabled,

    /// <summary>Where text is typed.</summary>
    Editable,

    ReadOnly,
}
