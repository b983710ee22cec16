using System.Drawing;
using OsDeploy.Tui.Configuration;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>The menus of a screen, in its first row. The keys of their rows work while they are closed.</summary>
public class MenuBar : View
{
    public MenuBar()
        : this([])
    {
    }

    public MenuBar(IEnumerable<MenuBarItem> menuBarItems)
    {
        Width = Dim.Fill();
        Height = 1;
        TabStop = TabBehavior.NoStop;
        SchemeName = SchemeManager.Menu;
        foreach (var item in menuBarItems)
        {
            Add(item);
        }
    }

    /// <summary>Opens the first menu.</summary>
    public Key Key { get; set; } = Key.F9;

    private IReadOnlyList<MenuBarItem> Menus => [.. SubViews.OfType<MenuBarItem>().Where(menu => menu.Visible && menu.Enabled)];

    public override View? Add(View? view)
    {
        if (view is MenuBarItem menu)
        {
            menu.CanFocus = false;
            menu.X = Pos.Func(_ => Menus.TakeWhile(other => other != menu).Sum(other => other.NeededColumns()));
            menu.Action = () => Open(menu);
        }

        return base.Add(view);
    }

    private protected override bool OnHotKey(Key key)
    {
        if (key == Key && Menus is [var first, ..])
        {
            Open(first);
            return true;
        }

        var row = Menus.SelectMany(menu => menu.Rows).OfType<MenuItem>().FirstOrDefault(row => row.Enabled && row.Key == key && row.Key != Key.Empty);
        row?.Action?.Invoke();
        return row is not null;
    }

    private void Open(MenuBarItem menu)
    {
        MenuItem? chosen = null;
        var open = menu;
        while (open is not null && App is { } app)
        {
            using var popup = new MenuPopup(open.Rows);
            open.IsOpen = true;
            popup.Show(app, new Rectangle(open.ScreenOrigin(), open.Frame.Size), Key);
            open.IsOpen = false;
            chosen = popup.Chosen;
            open = popup.Step == 0 ? null : Beside(open, popup.Step);
        }

        chosen?.Action?.Invoke();
    }

    private MenuBarItem? Beside(MenuBarItem menu, int step)
    {
        var menus = Menus.ToList();
        var at = menus.IndexOf(menu);
        return at < 0 ? null : menus[(at + step + menus.Count) % menus.Count];
    }
}
