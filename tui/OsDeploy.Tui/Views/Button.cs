using System.Drawing;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>Pressed with Enter, Space, its hot key or the mouse, it accepts.</summary>
public class Button : View
{
    public Button()
    {
        CanFocus = true;
        Width = Dim.Auto();
        Height = 1;
        KeyBindings.ReplaceCommands(Key.Space, Command.Accept);
        AddCommand(Command.HotKey, ctx => RaiseHandlingHotKey(ctx) is true || (SetFocus() && InvokeCommand(Command.Accept) is true));
    }

    /// <summary>Enter presses it from wherever nothing else takes Enter.</summary>
    public bool IsDefault
    {
        get;
        set
        {
            field = value;
            SetNeedsDraw();
        }
    }

    /// <summary>The label, as <see cref="View.Title"/>.</summary>
    public override string Text
    {
        get => Title;
        set => Title = value;
    }

    private protected override Size NeededSize(DimAutoStyle style, int columns) => new(UnicodeWidth.Of(HotKeyText.Plain(Title, HotKeySpecifier)) + 4, 1);

    private protected override Point? PositionCursor() => new Point(2, 0);

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var (normal, hot) = HasFocus ? (VisualRole.Focus, VisualRole.HotFocus) : (VisualRole.Normal, VisualRole.HotNormal);
        Move(0, 0);
        SetAttributeForRole(normal);
        // Without brackets it cannot be pressed, on a screen without colours too.
        AddText(!Enabled ? "- " : IsDefault ? "[<" : "[ ");
        AddHotText(Title, normal, hot);
        AddText(!Enabled ? " -" : IsDefault ? ">]" : " ]");
        return true;
    }

    protected override bool OnMouseEvent(Mouse mouse)
    {
        if (!mouse.Flags.HasFlag(MouseFlags.LeftButtonClicked))
        {
            return mouse.Flags.HasFlag(MouseFlags.LeftButtonPressed);
        }

        return InvokeCommand(Command.Accept) is not null;
    }
}
