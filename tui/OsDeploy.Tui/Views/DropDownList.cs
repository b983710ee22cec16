using System.Drawing;
using System.Text;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>One of many, in one row. Space, F4, a letter or the mouse opens the list; until Enter is pressed there, nothing changes.</summary>
public class DropDownList : TextField
{
    public DropDownList()
    {
        ReadOnly = true;
        Width = Dim.Auto();
        this.Bind(Command.Toggle, Open, Key.F4, Key.CursorDown.WithAlt, Key.Space);
    }

    /// <summary>The text is that of one of these, or anything else until one is chosen.</summary>
    public IListDataSource? Source
    {
        get;
        set
        {
            field = value;
            SetNeedsLayout();
        }
    }

    private IReadOnlyList<string> Lines => [.. (Source?.ToList() ?? Array.Empty<string>()).Cast<object?>().Select(item => item?.ToString() ?? "")];

    private protected override Size NeededSize(DimAutoStyle style, int columns) =>
        new(Lines.Append(Text).Max(line => UnicodeWidth.Of(line)) + 2, 1);

    private protected override Point? PositionCursor() => ReadOnly ? Point.Empty : base.PositionCursor();

    protected override bool OnDrawingContent(DrawContext? context)
    {
        if (ReadOnly)
        {
            SetAttributeForRole(HasFocus ? VisualRole.Focus : VisualRole.Editable);
            Move(0, 0);
            AddText(Columns.Pad(Text.Length > 0 ? Text : HotKeyText.Plain(Title, HotKeySpecifier), Math.Max(Viewport.Width - 2, 0)));
            AddText("  ");
        }
        else
        {
            base.OnDrawingContent(context);
        }

        Move(Viewport.Width - 1, 0);
        // Without its arrow it cannot be opened, on a screen without colours too.
        AddText(Enabled ? "▼" : "-");
        return true;
    }

    protected override bool OnKeyDown(Key key)
    {
        if (base.OnKeyDown(key))
        {
            return true;
        }

        return ReadOnly && key.AsRune is { Value: > ' ' } typed && Open(typed);
    }

    protected override bool OnMouseEvent(Mouse mouse)
    {
        if (mouse.Flags.HasFlag(MouseFlags.LeftButtonClicked))
        {
            Open();
        }

        return base.OnMouseEvent(mouse);
    }

    private bool? Open() => Open(default);

    private bool Open(Rune typed)
    {
        if (App is not { } app || Lines is not { Count: > 0 } lines)
        {
            return true;
        }

        using var list = new ListPopup(lines, lines.ToList().IndexOf(Text));
        if (typed.Value != 0)
        {
            list.Type(typed);
        }

        list.Show(app, new Rectangle(ScreenOrigin(), Frame.Size));
        if (list.Chosen is { } line)
        {
            Text = lines[line];
        }

        return true;
    }
}
