using System.Drawing;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>The titles of tabs. Left and right lead from one to the next, the hot key of a title from anywhere.</summary>
internal sealed class TabRow : View
{
    private readonly Tabs _tabs;

    public TabRow(Tabs tabs)
    {
        _tabs = tabs;
        CanFocus = true;
        Width = Dim.Fill();
        Height = 1;
        this.Bind(Command.Left, () => Step(-1), Key.CursorLeft);
        this.Bind(Command.Right, () => Step(1), Key.CursorRight);
    }

    private List<View> Shown => [.. _tabs.TabCollection];

    private protected override Point? PositionCursor() => new Point(_tabs.Value is { } tab ? LeftOf(tab) + 1 : 0, 0);

    private protected override bool OnHotKey(Key key)
    {
        if (Shown.Find(tab => IsHot(tab.HotKey, key)) is not { } meant)
        {
            return false;
        }

        _tabs.Value = meant;
        return SetFocus();
    }

    protected override bool OnDrawingContent(DrawContext? context)
    {
        foreach (var tab in Shown)
        {
            var isOpen = tab == _tabs.Value;
            var normal = isOpen ? HasFocus ? VisualRole.Focus : VisualRole.Active : VisualRole.Normal;
            var hot = isOpen ? HasFocus ? VisualRole.HotFocus : VisualRole.HotActive : VisualRole.HotNormal;
            Move(LeftOf(tab), 0);
            SetAttributeForRole(normal);
            AddText(isOpen ? "[" : " ");
            AddHotText(tab.Title, normal, hot);
            AddText(isOpen ? "]" : " ");
        }

        return true;
    }

    protected override bool OnMouseEvent(Mouse mouse)
    {
        if (mouse.Flags.HasFlag(MouseFlags.LeftButtonClicked) && mouse.Position is { } position)
        {
            _tabs.Value = Shown.Find(tab => position.X >= LeftOf(tab) && position.X < LeftOf(tab) + WidthOf(tab)) ?? _tabs.Value;
        }

        return true;
    }

    private static int WidthOf(View tab) => UnicodeWidth.Of(HotKeyText.Plain(tab.Title, tab.HotKeySpecifier)) + 2;

    private int LeftOf(View tab) => Shown.TakeWhile(other => other != tab).Sum(WidthOf);

    private bool? Step(int step)
    {
        var shown = Shown;
        var next = shown.IndexOf(_tabs.Value!) + step;
        if (next < 0 || next >= shown.Count)
        {
            return false;
        }

        _tabs.Value = shown[next];
        return true;
    }
}
