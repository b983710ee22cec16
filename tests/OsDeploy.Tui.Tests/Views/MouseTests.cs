using System.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class MouseTests
{
    [Fact]
    public void A_click_presses_the_button_under_it_and_gives_it_the_focus()
    {
        using var stage = new Stage();
        var pressed = new List<string>();
        var (one, two) = (NewButton(0, pressed, "one"), NewButton(2, pressed, "two"));
        Click(stage, 3, 2);
        stage.Look(() => Assert.Equal((true, "two"), (two.HasFocus, string.Join(' ', pressed))));
        Click(stage, 3, 1);
        stage.Look(() => Assert.Equal((true, 1), (two.HasFocus, pressed.Count)));
        stage.Show(one, two);
    }

    [Fact]
    public void What_cannot_be_pressed_takes_no_click()
    {
        using var stage = new Stage();
        var pressed = new List<string>();
        var (off, away) = (NewButton(0, pressed, "off"), NewButton(2, pressed, "away"));
        (off.Enabled, away.Visible) = (false, false);
        Click(stage, 3, 0);
        Click(stage, 3, 2);
        stage.Look(() => Assert.Empty(pressed));
        stage.Show(off, away);
    }

    [Fact]
    public void Inside_borders_the_place_is_that_of_the_view()
    {
        using var stage = new Stage();
        var box = new CheckBox { X = 4, Y = 2, Text = "Wipe first" };
        var frame = new FrameView { X = 10, Y = 5, Width = 30, Height = 8 };
        Mouse? seen = null;
        box.MouseEvent += (_, mouse) => seen = mouse;
        frame.Add(box);
        Click(stage, 10 + 1 + 4 + 6, 5 + 1 + 2);
        stage.Look(() => Assert.Equal((CheckState.Checked, new Point(6, 0)), (box.Value, seen!.Position)));
        stage.Show(frame);
    }

    [Fact]
    public void What_lies_under_a_dialog_is_out_of_reach()
    {
        using var stage = new Stage();
        var pressed = new List<string>();
        using var screen = new Runnable();
        var button = NewButton(0, pressed, "under");
        button.Accepting += (_, e) =>
        {
            using var dialog = new Dialog { Title = "Over", Width = 20, Height = 6 };
            Click(stage, 3, 0);
            stage.Look(() => Assert.Single(pressed)).Press(Key.Esc);
            stage.App.Run(dialog);
            stage.Terminal.HangUp();
            e.Handled = true;
        };
        screen.Add(button);
        stage.Terminal.Click(3, 0);
        stage.App.Run(screen);
        Assert.Single(pressed);
    }

    [Fact]
    public void The_wheel_scrolls_what_is_under_it_not_what_has_the_focus()
    {
        using var stage = new Stage();
        var list = new TextView { Y = 2, Width = 20, Height = 3, ReadOnly = true, Text = string.Join('\n', Enumerable.Range(0, 20)) };
        var button = NewButton(0, [], "one");
        stage.Terminal.Click(5, 3, MouseFlags.WheeledDown);
        stage.Look(() => Assert.Equal((3, true), (list.Viewport.Y, button.HasFocus)));
        stage.Show(button, list);
    }

    private static Button NewButton(int row, List<string> pressed, string name)
    {
        var button = new Button { Y = row, Text = name };
        button.Accepting += (_, _) => pressed.Add(name);
        return button;
    }

    // As a terminal sends it.
    private static void Click(Stage stage, int column, int row)
    {
        stage.Terminal.Click(column, row, MouseFlags.LeftButtonPressed);
        stage.Terminal.Click(column, row, MouseFlags.LeftButtonReleased);
        stage.Terminal.Click(column, row, MouseFlags.LeftButtonClicked);
    }
}
