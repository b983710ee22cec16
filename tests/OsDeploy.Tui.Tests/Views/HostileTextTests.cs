using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Tests.Drivers;
using OsDeploy.Tui.ViewBase;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class HostileTextTests
{
    [Fact]
    public void There_are_enough_of_them() => Assert.True(HostileText.All().Count() >= 500);

    /// <summary>The emulator takes what the painter may send, and fails for anything else.</summary>
    [Theory]
    [InlineData("xterm")]
    [InlineData("linux")]
    [InlineData("vt220")]
    public void No_text_of_others_reaches_a_terminal_as_a_command(string term)
    {
        using var terminal = new MemoryTerminal(Profile(term), 100, 30);
        using var app = new Application(TimeProvider.System).Init(terminal);
        using var window = new Window();
        var table = new TableView { Width = Dim.Fill(), Height = 5 };
        var button = new Button { Y = 6 };
        window.Add(table, button);
        var emulator = new Emulator(100, 30);
        terminal.Then(() => emulator.Feed(terminal.LastFrame));
        foreach (var text in HostileText.All())
        {
            terminal.Then(() =>
            {
                (window.Title, window.Text, button.Text, table.Table) = (text, text, text, new OneCell(text));
            });
            terminal.Then(() => emulator.Feed(terminal.LastFrame));
        }

        terminal.Then(app.RequestStop);
        app.Run(window);
        Assert.Equal(terminal.Text, emulator.Text);
    }

    private static TerminalProfile Profile(string term) => term switch
    {
        "linux" => TerminalProfile.Linux,
        "vt220" => TerminalProfile.Vt220,
        _ => TerminalProfile.Xterm,
    };

    private sealed class OneCell(string text) : ITableSource
    {
        public int Rows => 1;

        public int Columns => 2;

        public string[] ColumnNames => [text, text];

        public object this[int row, int col] => text;
    }
}
