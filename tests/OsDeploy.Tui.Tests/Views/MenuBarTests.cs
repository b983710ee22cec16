using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class MenuBarTests
{
    private readonly List<string> _done = [];

    [Fact]
    public void F9_opens_the_first_menu_over_the_screen()
    {
        using var stage = new Stage();
        stage.Press(Key.F9).Look(() => Golden.Check(stage.Terminal.Text, "menu-bar"))
            .Press(Key.CursorDown, Key.Enter).Look(() => Assert.Equal(["delete"], _done)).Sees(1, "[ What is below ]");
        stage.Show(Bar(), Below());
    }

    [Fact]
    public void It_is_readable_in_ASCII()
    {
        using var stage = new Stage(TerminalProfile.Vt220);
        stage.Press(Key.F9).Look(() => Golden.Check(stage.Terminal.Text, "menu-bar-ascii"));
        stage.Show(Bar(), Below());
    }

    [Fact]
    public void Left_and_right_go_around_the_menus()
    {
        using var stage = new Stage();
        stage.Press(Key.F9, Key.CursorRight).Look(() => Assert.Contains("> Start", stage.Terminal.Text, StringComparison.Ordinal))
            .Press(Key.CursorRight).Look(() => Assert.Contains("> New", stage.Terminal.Text, StringComparison.Ordinal))
            .Press(Key.CursorLeft, Key.Enter);
        stage.Show(Bar(), Below());
        Assert.Equal(["start"], _done);
    }

    [Fact]
    public void Alt_and_a_letter_opens_its_menu_and_a_letter_alone_does_not()
    {
        using var stage = new Stage();
        stage.Press(new Key('j')).Look(() => Assert.DoesNotContain("Start", stage.Terminal.Text, StringComparison.Ordinal))
            .Press(new Key('j').WithAlt).Look(() => Assert.Contains("> Start", stage.Terminal.Text, StringComparison.Ordinal))
            .Press(new Key('s'));
        stage.Show(Bar(), Below());
        Assert.Equal(["start"], _done);
    }

    [Fact]
    public void Esc_and_F9_close_it()
    {
        using var stage = new Stage();
        foreach (var key in new[] { Key.Esc, Key.F9 })
        {
            stage.Press(Key.F9, key).Look(() => Assert.DoesNotContain("> New", stage.Terminal.Text, StringComparison.Ordinal));
        }

        stage.Show(Bar(), Below());
        Assert.Empty(_done);
    }

    [Fact]
    public void What_cannot_be_done_now_says_why_and_is_passed_by()
    {
        using var stage = new Stage();
        stage.Press(new Key('j').WithAlt).Look(() => Assert.Contains("(Stop) No job is running", stage.Terminal.Text, StringComparison.Ordinal))
            .Press(Key.CursorDown, Key.Enter, Key.F9, Key.Esc, Key.F5);
        stage.Show(Bar(), Below());
        Assert.Equal(["start"], _done);
    }

    [Fact]
    public void The_key_of_a_row_works_while_the_menus_are_closed()
    {
        using var stage = new Stage();
        stage.Press(Key.F7, Key.F8).Show(Bar(), Below());
        Assert.Equal(["new", "delete"], _done);
    }

    [Fact]
    public void What_a_row_does_may_show_a_dialog()
    {
        using var stage = new Stage();
        var bar = new MenuBar(
        [
            new MenuBarItem("_File", [new MenuItem("_Ask", action: () => _done.Add($"{MessageBox.Query(stage.App, "Ask", "Sure?", "No", "Yes")}"))]),
        ]);
        stage.Press(Key.F9, Key.Enter).Look(() => Assert.DoesNotContain("> Ask", stage.Terminal.Text, StringComparison.Ordinal)).Press(Key.Enter);
        stage.Show(bar, Below());
        Assert.Equal(["1"], _done);
    }

    [Fact]
    public void The_mouse_opens_and_chooses()
    {
        using var stage = new Stage();
        stage.Terminal.Click(9, 0);
        stage.Look(() => Assert.Contains("> Start", stage.Terminal.Text, StringComparison.Ordinal));
        stage.Terminal.Click(10, 2);
        stage.Show(Bar(), Below());
        Assert.Equal(["start"], _done);
    }

    private static Button Below() => new() { Y = 1, Text = "What is below" };

    private MenuBar Bar() => new(
    [
        new MenuBarItem("_Hosts", [
            new MenuItem("_New", "", () => _done.Add("new"), Key.F7),
            new MenuItem("_Delete", "", () => _done.Add("delete"), Key.F8),
            new Line(),
            new MenuItem { Title = "_Wake", HelpText = "Wake on LAN", Action = () => _done.Add("wake") },
        ]),
        new MenuBarItem("_Jobs", [
            new MenuItem("_Start", action: () => _done.Add("start")),
            new MenuItem("S_top", "No job is running", () => _done.Add("stop"), Key.F5) { Enabled = false },
        ]),
    ]);
}
