using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class StatusBarTests
{
    private readonly List<string> _done = [];

    [Fact]
    public void The_keys_of_a_screen_stand_in_its_last_row()
    {
        using var stage = new Stage();
        stage.Sees(23, "F2 Deploy  F7 New  / Filter  F10 Quit").Show(Bar());
    }

    [Fact]
    public void They_work_while_a_field_has_the_focus_but_for_those_that_type()
    {
        using var stage = new Stage();
        var field = new TextField { Width = 10 };
        stage.Press(Key.F2, new Key('/')).Look(() => Assert.Equal("/", field.Text));
        stage.Show(field, Bar());
        Assert.Equal(["deploy"], _done);
    }

    [Fact]
    public void Under_a_dialog_they_do_nothing()
    {
        using var stage = new Stage();
        using var screen = new Runnable();
        screen.Add(Bar());
        stage.App.Invoke(() => MessageBox.Query(stage.App, "Title", "Text", "OK"));
        stage.Press(Key.F2, Key.Enter, Key.F7);
        stage.Run(screen);
        Assert.Equal(["new"], _done);
    }

    [Fact]
    public void The_mouse_presses_them()
    {
        using var stage = new Stage();
        stage.Terminal.Click(13, 23);
        stage.Show(Bar());
        Assert.Equal(["new"], _done);
    }

    [Fact]
    public void What_has_no_room_is_not_shown_and_works_all_the_same()
    {
        using var stage = new Stage();
        var bar = new StatusBar([new Shortcut(Key.F2, new string('x', 50), () => _done.Add("long")), .. Enumerable.Range(3, 7).Select(Numbered)]);
        stage.Sees(23, $"F2 {new string('x', 50)}  F3 Entry 3  F4 Entry 4").Press(Key.F9);
        stage.Terminal.Click(79, 23);
        stage.Show(bar);
        Assert.Equal(["9"], _done);
    }

    [Fact]
    public void One_that_is_not_possible_now_says_so_without_colours_and_does_nothing()
    {
        using var stage = new Stage(TerminalProfile.Vt220);
        var bar = Bar();
        bar.SubViews.First().Enabled = false;
        stage.Sees(23, "F2 (Deploy)  F7 New  / Filter  F10 Quit").Press(Key.F2);
        stage.Terminal.Click(4, 23);
        stage.Show(bar);
        Assert.Empty(_done);
    }

    [Fact]
    public void A_title_that_changes_moves_the_others()
    {
        using var stage = new Stage();
        var bar = Bar();
        stage.Look(() => bar.SubViews.First().Title = "Deploy 12 hosts").Press(Key.F7).Sees(23, "F2 Deploy 12 hosts  F7 New  / Filter  F10 Quit");
        stage.Show(bar);
    }

    private Shortcut Numbered(int number) =>
        new(new Key(KeyCode.F1 + (uint)number - 1), $"Entry {number}", () => _done.Add($"{number}"));

    private StatusBar Bar() => new(
    [
        new Shortcut(Key.F2, "Deploy", () => _done.Add("deploy")),
        new Shortcut(Key.F7, "New", () => _done.Add("new")),
        new Shortcut(new Key('/'), "Filter", () => _done.Add("filter")),
        new Shortcut { Key = Key.F10, Title = "Quit", Action = () => _done.Add("quit") },
    ]);
}
