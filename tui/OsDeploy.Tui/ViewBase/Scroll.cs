using OsDeploy.Tui.Input;

namespace OsDeploy.Tui.ViewBase;

/// <summary>What lists and tables have in common: keys that move, and a window that follows.</summary>
internal static class Scroll
{
    /// <returns>The first line of the window, moved as little as will show the line.</returns>
    public static int ToShow(int line, int first, int height) =>
        line < first ? line : height > 0 && line >= first + height ? line - height + 1 : first;

    public static void BindMoves(this View view, Func<int, bool> moveBy, Func<int, bool> moveTo, Func<int> page, Func<int> count)
    {
        view.Bind(Command.Up, () => (bool?)moveBy(-1), Key.CursorUp, new Key('k'));
        view.Bind(Command.Down, () => (bool?)moveBy(1), Key.CursorDown, new Key('j'));
        view.Bind(Command.PageUp, () => (bool?)moveBy(-Math.Max(page() - 1, 1)), Key.PageUp);
        view.Bind(Command.PageDown, () => (bool?)moveBy(Math.Max(page() - 1, 1)), Key.PageDown);
        view.Bind(Command.Start, () => (bool?)moveTo(0), Key.Home);
        view.Bind(Command.End, () => (bool?)moveTo(count() - 1), Key.End);
    }
}
