using System.Collections.ObjectModel;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class DropDownListTests
{
    private static readonly string[] s_layouts = ["German", "French", "Swiss German", "Swiss French", "Portuguese", "Polish"];

    [Fact]
    public void Space_opens_a_list_over_what_is_below()
    {
        using var stage = new Stage();
        var list = List(s_layouts, "French");
        stage.Sees(1, "French          ▼").Press(Key.Space).Look(() => Golden.Check(stage.Terminal.Text, "drop-down-list"))
            .Press(Key.CursorDown, Key.Enter).Sees(1, "Swiss German    ▼").Sees(2, "What is below");
        stage.Show(list, new Label { Y = 2, Text = "What is below" });
        Assert.Equal("Swiss German", list.Value);
    }

    [Fact]
    public void It_is_readable_in_ASCII()
    {
        using var stage = new Stage(TerminalProfile.Vt220);
        stage.Press(Key.Space).Look(() => Golden.Check(stage.Terminal.Text, "drop-down-list-ascii"));
        stage.Show(List(s_layouts, "French"));
    }

    [Fact]
    public void Until_Enter_nothing_changes()
    {
        using var stage = new Stage();
        var list = List(s_layouts, "French");
        var changes = 0;
        list.ValueChanged += (_, _) => changes++;
        stage.Press(Key.F4, Key.CursorDown, Key.Esc).Sees(1, "French          ▼").Press(Key.CursorDown.WithAlt, Key.CursorUp, Key.Enter);
        stage.Show(list);
        Assert.Equal(("German", 1), (list.Text, changes));
    }

    [Fact]
    public void Arrow_keys_lead_past_it_and_change_nothing()
    {
        using var stage = new Stage();
        var (list, other) = (List(s_layouts, "French"), new Button { Text = "Other", Y = 3 });
        stage.Press(Key.CursorDown).Look(() => Assert.True(other.HasFocus)).Press(Key.CursorUp).Look(() => Assert.True(list.HasFocus));
        stage.Show(list, other);
        Assert.Equal("French", list.Text);
    }

    [Fact]
    public void What_is_typed_leads_to_the_first_that_begins_so_or_has_it()
    {
        using var stage = new Stage();
        var list = List(s_layouts, "");
        stage.Type("po").Look(() => Assert.Contains("─ po ─", stage.Terminal.Text, StringComparison.Ordinal)).Press(Key.Enter).Sees(1, "Portuguese      ▼")
            .Type("pol").Press(Key.Enter).Sees(1, "Polish          ▼")
            .Type("swiss f").Press(Key.Enter).Sees(1, "Swiss French    ▼")
            .Type("gerx").Press(Key.Backspace, Key.Enter).Sees(1, "German          ▼");
        stage.Show(list);
    }

    [Fact]
    public void A_long_list_scrolls_and_stays_on_the_screen()
    {
        using var stage = new Stage();
        var list = List([.. Enumerable.Range(0, 200).Select(number => $"Room {number:000}")], "Room 150");
        stage.Press(Key.Space).Look(() =>
        {
            Assert.Contains(">Room 150", stage.Terminal.Text, StringComparison.Ordinal);
            Assert.StartsWith("└", stage.Terminal.Line(23).Trim(), StringComparison.Ordinal);
        });
        stage.Press(Key.End).Look(() => Assert.Contains(">Room 199", stage.Terminal.Line(22), StringComparison.Ordinal)).Press(Key.Enter);
        stage.Show(list);
        Assert.Equal("Room 199", list.Text);
    }

    [Fact]
    public void Where_there_is_no_room_below_it_opens_above()
    {
        using var stage = new Stage();
        var list = List(s_layouts, "French");
        list.Y = 22;
        stage.Press(Key.Space).Sees(14, "┌───────────────┐").Sees(16, "│>French        │").Sees(21, "└───────────────┘");
        stage.Show(list);
    }

    [Fact]
    public void A_click_beside_it_closes_it()
    {
        using var stage = new Stage();
        var list = List(s_layouts, "French");
        stage.Terminal.Click(3, 1);
        stage.Look(() => Assert.Contains(">French", stage.Terminal.Text, StringComparison.Ordinal));
        stage.Terminal.Click(60, 20);
        stage.Look(() => Assert.DoesNotContain(">French", stage.Terminal.Text, StringComparison.Ordinal));
        stage.Terminal.Click(3, 1);
        stage.Terminal.Click(3, 5);
        stage.Show(list);
        Assert.Equal("Swiss German", list.Text);
    }

    [Fact]
    public void One_without_entries_opens_nothing()
    {
        using var stage = new Stage();
        stage.Press(Key.Space).Type("x").Sees(1, "▼").Show(List([], ""));
    }

    private static DropDownList List(string[] entries, string text) =>
        new() { Y = 1, Width = 17, Source = new ListWrapper<string>(new ObservableCollection<string>(entries)), Text = text };
}
