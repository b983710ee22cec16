using System.Drawing;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>A menu: its title in the menu bar, and its rows.</summary>
public class MenuBarItem : MenuItem
{
    public MenuBarItem(string commandText, IEnumerable<View> menuItems)
        : base(commandText) => Rows = [.. menuItems];

    internal IReadOnlyList<View> Rows { get; }

    internal bool IsOpen
    {
        get;
        set
        {
            field = value;
            SetNeedsDraw();
        }
    }

    // A letter alone may be the start of anything.
    private protected override bool OnHotKey(Key key) => key.IsAlt && IsHot(HotKey, key) && InvokeCommand(Command.HotKey) is true;

    private protected override Size NeededSize(DimAutoStyle style, int columns) =>
        new(UnicodeWidth.Of(HotKeyText.Plain(Title, HotKeySpecifier)) + 2, 1);

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var (normal, hot) = IsOpen ? (VisualRole.Focus, VisualRole.HotFocus) : (VisualRole.Normal, VisualRole.HotNormal);
        Move(0, 0);
        SetAttributeForRole(normal);
        AddText(" ");
        AddHotText(Title, normal, hot);
        AddText(" ");
        return true;
    }
}
