using OsDeploy.Tui.Input;
using OsDeploy.Tui.ViewBase;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.ViewBase;

public sealed class FocusTests
{
    private readonly Button _first = new() { Id = "first", Text = "_First" };
    private readonly Button _second = new() { Id = "second", Text = "_Second", Y = 1 };
    private readonly Button _third = new() { Id = "third", Text = "_Third", Y = 2 };

    [Fact]
    public void Tab_and_arrow_keys_go_around_in_the_order_of_adding()
    {
        using var stage = new Stage();
        Key[] keys = [Key.Tab, Key.CursorDown, Key.CursorRight, Key.Tab.WithShift, Key.CursorUp, Key.CursorLeft];
        List<string> seen = [];
        foreach (var key in keys)
        {
            stage.Press(key).Look(() => seen.Add(stage.App.TopRunnable is View { MostFocused: var view } ? view!.Id : ""));
        }

        stage.Show(_first, _second, _third);
        Assert.Equal(["second", "third", "first", "third", "second", "first"], seen);
    }

    [Fact]
    public void What_is_hidden_disabled_or_no_stop_is_passed_by()
    {
        using var stage = new Stage();
        var hidden = new Button { Visible = false };
        var disabled = new Button { Enabled = false };
        _second.TabStop = TabBehavior.NoStop;
        stage.Press(Key.Tab).Look(() => Assert.True(_third.HasFocus)).Press(Key.Tab).Look(() => Assert.True(_first.HasFocus));
        stage.Show(_first, hidden, disabled, _second, _third);
    }

    [Fact]
    public void A_view_that_can_no_longer_have_the_focus_gives_it_up()
    {
        using var stage = new Stage();
        stage.Look(() => _first.Enabled = false).Look(() => Assert.True(_second.HasFocus))
            .Look(() => _second.Visible = false).Look(() => Assert.True(_third.HasFocus))
            .Look(() => _third.SuperView!.Remove(_third)).Look(() => Assert.False(_third.HasFocus))
            .Look(() => _first.Enabled = true).Look(() => Assert.True(_first.HasFocus));
        stage.Show(_first, _second, _third);
    }

    [Fact]
    public void What_comes_into_an_empty_view_takes_its_focus()
    {
        using var stage = new Stage();
        var empty = new FrameView { Width = 20, Height = 5, CanFocus = true };
        stage.Look(() => Assert.Same(empty, stage.App.TopRunnable is View top ? top.MostFocused : null))
            .Look(() => empty.Add(_first)).Look(() => Assert.True(_first.HasFocus));
        stage.Show(empty, _second);
    }

    [Fact]
    public void Holders_hear_of_it_once()
    {
        using var stage = new Stage();
        var frame = new FrameView { Width = 20, Height = 5 };
        frame.Add(_first, _second);
        List<string> heard = [];
        frame.HasFocusChanged += (_, e) => heard.Add($"frame {e.NewValue}");
        _first.HasFocusChanged += (_, e) => heard.Add($"first {e.NewValue}");
        _second.HasFocusChanged += (_, e) => heard.Add($"second {e.NewValue}");
        stage.Press(Key.Tab, Key.Tab);
        _third.Y = 6;
        stage.Show(frame, _third);
        Assert.Equal(["first True", "frame True", "first False", "second True", "second False", "frame False"], heard);
    }

    [Fact]
    public void A_hot_key_works_with_Alt_and_in_capitals()
    {
        using var stage = new Stage();
        List<string> pressed = [];
        foreach (var button in new[] { _first, _second, _third })
        {
            button.Accepting += (_, _) => pressed.Add(button.Id);
        }

        stage.Press(new Key('s'), new Key('T'), new Key('f').WithAlt, new Key('s').WithCtrl);
        stage.Show(_first, _second, _third);
        Assert.Equal(["second", "third", "first"], pressed);
    }

    [Fact]
    public void Letters_beyond_A_to_Z_are_hot_keys_in_both_cases()
    {
        using var stage = new Stage();
        var button = new Button { Text = "_Öffnen" };
        var pressed = 0;
        button.Accepting += (_, _) => pressed++;
        stage.Press(new Key('ö'), new Key('Ö').WithAlt, new Key('ü')).Show(button);
        Assert.Equal(2, pressed);
    }

    [Fact]
    public void A_hot_key_of_what_cannot_be_seen_or_pressed_does_nothing()
    {
        using var stage = new Stage();
        var pressed = 0;
        _first.Accepting += (_, _) => pressed++;
        _second.Accepting += (_, _) => pressed++;
        _first.Visible = false;
        _second.Enabled = false;
        stage.Press(new Key('f'), new Key('s')).Show(_first, _second, _third);
        Assert.Equal(0, pressed);
    }

    [Fact]
    public void There_is_no_cursor_on_what_is_scrolled_away()
    {
        using var stage = new Stage();
        var body = new View { Y = 2, Width = 20, Height = 3 };
        body.Add(_first);
        stage.Look(() => Assert.NotNull(stage.Terminal.Cursor)).Look(() => _first.Y = -1).Look(() => Assert.Null(stage.Terminal.Cursor))
            .Look(() => _first.Y = 3).Look(() => Assert.Null(stage.Terminal.Cursor));
        stage.Show(body);
    }

    [Fact]
    public void The_cursor_stands_on_what_has_the_focus()
    {
        using var stage = new Stage();
        stage.Look(() => Assert.Equal((2, 0), (stage.Terminal.Cursor!.Value.X, stage.Terminal.Cursor.Value.Y)))
            .Press(Key.Tab).Look(() => Assert.Equal((2, 1), (stage.Terminal.Cursor!.Value.X, stage.Terminal.Cursor.Value.Y)));
        stage.Show(_first, _second);
    }
}
