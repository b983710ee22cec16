using System.Drawing;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>A key and what it does. The key works wherever the focus is, as long as nothing there takes it.</summary>
public class Shortcut : View
{
    public Shortcut()
        : this(Key.Empty, null, null)
    {
    }

    public Shortcut(Key key, string? commandText, Action? action, string? helpText = null)
    {
        CanFocus = true;
        Width = Dim.Auto();
        Height = 1;
        Key = key;
        Title = commandText ?? "";
        Action = action;
        HelpText = helpText ?? "";
        AddCommand(Command.Activate, ctx => RaiseActivating(ctx) is true || Act());
        AddCommand(Command.Accept, ctx => InvokeCommand(Command.Activate, ctx));
        AddCommand(Command.HotKey, ctx => RaiseHandlingHotKey(ctx) is true || InvokeCommand(Command.Activate, ctx) is true);
    }

    public Key Key
    {
        get;
        set
        {
            field = value;
            SetNeedsLayout();
        }
    }

    /// <summary>What the key, Enter or the mouse does.</summary>
    public Action? Action { get; set; }

    /// <summary>Stands behind the title.</summary>
    public string HelpText
    {
        get;
        set
        {
            field = value;
            SetNeedsLayout();
        }
    }

    private protected string KeyText => Key == Key.Empty ? "" : Key.ToString();

    private protected override bool OnHotKey(Key key) =>
        (Key != Key.Empty && key == Key && InvokeCommand(Command.HotKey) is true) || base.OnHotKey(key);

    private protected override Size NeededSize(DimAutoStyle style, int columns) => new(UnicodeWidth.Of(Line()), 1);

    protected override bool OnDrawingContent(DrawContext? context)
    {
        Move(0, 0);
        SetAttributeForRole(VisualRole.HotNormal);
        AddText(KeyText);
        SetAttributeForRole(VisualRole.Normal);
        AddText(Line().AsSpan(KeyText.Length));
        return true;
    }

    protected override bool OnMouseEvent(Mouse mouse) =>
        mouse.Flags.HasFlag(MouseFlags.LeftButtonClicked) && InvokeCommand(Command.Activate) is not null;

    // In parentheses it does nothing now, on a screen without colours too.
    private string Line()
    {
        var title = HotKeyText.Plain(Title, HotKeySpecifier);
        string[] parts = [KeyText, Enabled ? title : $"({title})", HelpText];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private bool Act()
    {
        Action?.Invoke();
        return true;
    }
}
