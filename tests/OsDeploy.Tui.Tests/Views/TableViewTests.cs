using System.Drawing;
using System.Globalization;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.ViewBase;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class TableViewTests
{
    [Fact]
    public void The_selected_row_has_a_sign_and_follows_the_keys()
    {
        using var terminal = new MemoryTerminal();
        var table = Table(40);
        terminal.Press(Key.CursorDown, Key.CursorDown);
        terminal.Then(() => Assert.Equal(">00002 host-2 idle", Row(terminal, 3)));
        terminal.Press(Key.End);
        terminal.Then(() =>
        {
            Assert.Equal(39, table.Value!.Cursor.Y);
            Assert.Equal(">00039 host-39 idle", Row(terminal, 10));
        });
        terminal.Press(Key.Home);
        terminal.Then(() => Assert.Equal(">00000 host-0  idle", Row(terminal, 1)));
        Run(terminal, table);
    }

    [Fact]
    public void A_page_keeps_one_row_of_the_page_before()
    {
        using var terminal = new MemoryTerminal();
        var table = Table(40);
        terminal.Press(Key.PageDown);
        terminal.Then(() => Assert.Equal(9, table.Value!.Cursor.Y));
        terminal.Press(Key.PageUp);
        terminal.Then(() => Assert.Equal(0, table.Value!.Cursor.Y));
        Run(terminal, table);
    }

    [Fact]
    public void Only_rows_on_the_screen_are_read()
    {
        using var terminal = new MemoryTerminal();
        var source = new Numbers(1_000_000);
        var table = new TableView { Width = Dim.Fill(), Height = 11, Table = source };
        terminal.Press(Key.End);
        terminal.Then(() => Assert.InRange(source.Asked, 1, 500));
        Run(terminal, table);
    }

    [Fact]
    public void Rows_that_go_take_the_selection_to_the_last_one_left()
    {
        using var terminal = new MemoryTerminal();
        var source = new Numbers(40);
        var table = new TableView { Width = Dim.Fill(), Height = 11, Table = source };
        terminal.Press(Key.End);
        terminal.Then(() =>
        {
            source.Rows = 5;
            table.Update();
            Assert.Equal(4, table.Value!.Cursor.Y);
        });
        terminal.Then(() => Assert.Equal(">00004 host-4  idle", Row(terminal, 5)));
        terminal.Then(() =>
        {
            source.Rows = 0;
            table.Update();
            Assert.Null(table.Value);
        });
        Run(terminal, table);
    }

    [Fact]
    public void Columns_grow_with_what_comes_and_do_not_shrink()
    {
        using var terminal = new MemoryTerminal();
        var source = new Numbers(3);
        var table = new TableView { Width = Dim.Fill(), Height = 11, Table = source };
        terminal.Then(() => Assert.Equal(" 00001 host-1 idle", Row(terminal, 2)));
        terminal.Then(() =>
        {
            source.Suffix = "-with-a-long-name";
            table.Update();
        });
        terminal.Then(() =>
        {
            source.Suffix = "";
            table.Update();
        });
        terminal.Then(() => Assert.Equal(" 00001 host-1                  idle", Row(terminal, 2)));
        Run(terminal, table);
    }

    [Theory]
    [InlineData(40, " 00001 host-1-with-a-long-name idle")]
    [InlineData(24, " 00001 host-1-wit~ idle")]
    [InlineData(12, " 00001 host~")]
    public void What_does_not_fit_gives_way(int width, string expected)
    {
        using var terminal = new MemoryTerminal();
        var table = new TableView { Width = width, Height = 11, Table = new Numbers(3) { Suffix = "-with-a-long-name" } };
        table.Style.GetOrCreateColumnStyle(1).MinAcceptableWidth = 5;
        terminal.Then(() => Assert.Equal(expected, Row(terminal, 2)));
        Run(terminal, table);
    }

    [Fact]
    public void Numbers_may_stand_at_the_right()
    {
        using var terminal = new MemoryTerminal();
        var table = Table(3);
        table.Style.GetOrCreateColumnStyle(1).Alignment = Alignment.End;
        table.Style.GetOrCreateColumnStyle(1).MinWidth = 10;
        terminal.Then(() => Assert.Equal(" 00001     host-1 idle", Row(terminal, 2)));
        Run(terminal, table);
    }

    [Fact]
    public void A_click_selects_and_a_double_click_accepts()
    {
        using var terminal = new MemoryTerminal();
        var table = Table(40);
        var accepted = 0;
        table.Accepting += (_, e) => (accepted, e.Handled) = (accepted + 1, true);
        terminal.Click(3, 4);
        terminal.Then(() => Assert.Equal(new Point(0, 3), table.Value!.Cursor));
        terminal.Click(3, 5, MouseFlags.LeftButtonDoubleClicked);
        terminal.Then(() => Assert.Equal((4, 1), (table.Value!.Cursor.Y, accepted)));
        Run(terminal, table);
    }

    private static string Row(MemoryTerminal terminal, int row) => terminal.Line(row).TrimEnd();

    private static TableView Table(int rows) => new() { Width = Dim.Fill(), Height = 11, Table = new Numbers(rows) };

    private static void Run(MemoryTerminal terminal, TableView table)
    {
        using var app = new Application(TimeProvider.System).Init(terminal);
        using var window = new Runnable();
        window.Add(table);
        terminal.Then(app.RequestStop);
        app.Run(window);
    }

    private sealed class Numbers(int rows) : ITableSource
    {
        public int Asked { get; private set; }

        public string Suffix { get; set; } = "";

        public int Columns => 3;

        public string[] ColumnNames { get; } = ["Nr", "Name", "State"];

        public int Rows { get; set; } = rows;

        public object this[int row, int col]
        {
            get
            {
                Asked++;
                return col switch
                {
                    0 => row.ToString("00000", CultureInfo.InvariantCulture),
                    1 => string.Create(CultureInfo.InvariantCulture, $"host-{row}{Suffix}"),
                    _ => "idle",
                };
            }
        }
    }
}
