using System.Drawing;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>A row of a menu. What cannot be chosen now says why in its help text.</summary>
public class MenuItem : Shortcut
{
    public MenuItem()
    {
    }

    public MenuItem(string? commandText, string? helpText = null, Action? action = null, Key? key = null)
        : base(key ?? Key.Empty, commandText, action, helpText)
    {
    }

    private protected override Size NeededSize(DimAutoStyle style, int columns)
    {
        var title = UnicodeWidth.Of(HotKeyText.Plain(Title, HotKeySpecifier));
        string[] more = [HelpText, KeyText];
        return new Size(title + 4 + more.Where(part => part.Length > 0).Sum(part => UnicodeWidth.Of(part) + 2), 1);
    }

    private protected override Point? PositionCursor() => new Point(2, 0);

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var (normal, hot) = HasFocus ? (VisualRole.Focus, VisualRole.HotFocus) : (VisualRole.Normal, VisualRole.HotNormal);
        SetAttributeForRole(normal);
        Fill(new Rectangle(Point.Empty, Viewport.Size));
        Move(0, 0);
        AddText(HasFocus ? "> " : Enabled ? "  " : " (");
        AddHotText(Title, normal, hot);
        AddText(Enabled ? "  " : ") ");
        AddText(HelpText);
        Move(Viewport.Width - 1 - UnicodeWidth.Of(KeyText), 0);
        AddText(KeyText);
        return true;
    }
}
