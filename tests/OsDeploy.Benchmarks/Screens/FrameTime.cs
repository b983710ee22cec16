using System.Globalization;
using OsDeploy.Screens.Shell;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Views;

namespace OsDeploy.Benchmarks.Screens;

/// <summary>A frame of 60 live rows without a terminal: layout, drawing, and the bytes that would be sent.</summary>
internal static class FrameTime
{
    private const int Rows = 60;
    private const int WarmUp = 500;
    private const int Frames = 2000;

    public static double Milliseconds()
    {
        var terminal = new MemoryTerminal(TerminalProfile.Xterm, 100, 30) { Patience = TimeSpan.FromMinutes(1) };
        using var app = new Application(TimeProvider.System).Init(terminal);
        using var screen = new Runnable();
        var list = new RowList<(int Row, int Tick)>(
            [
                new("Name", row => string.Create(CultureInfo.InvariantCulture, $"host-{row.Row:000}"), 17, 10),
                new("State", _ => "> writing", 22, 10),
                new("Progress", row => Bars.Of((row.Row + row.Tick) % 1000 / 1000.0, 8), 14, 14),
                new("Rate", row => string.Create(CultureInfo.InvariantCulture, $"{90 + ((row.Row * 7 + row.Tick) % 20)} MB/s"), 12, 4, IsRight: true),
            ],
            row => row.Row.ToString(CultureInfo.InvariantCulture));
        screen.Add(list);
        var span = TimeSpan.Zero;
        terminal.Then(() =>
        {
            Paint(app, list, 0, WarmUp);
            var began = TimeProvider.System.GetTimestamp();
            Paint(app, list, WarmUp, Frames);
            span = TimeProvider.System.GetElapsedTime(began);
        });
        terminal.HangUp();
        app.Run(screen);
        return span.TotalMilliseconds / Frames;
    }

    private static void Paint(Application app, RowList<(int Row, int Tick)> list, int first, int count)
    {
        for (var tick = first; tick < first + count; tick++)
        {
            list.Show([.. Enumerable.Range(0, Rows).Select(row => (row, tick))]);
            app.LayoutAndDraw();
        }
    }
}
