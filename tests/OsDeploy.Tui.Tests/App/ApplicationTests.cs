using System.Globalization;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.App;

public sealed class ApplicationTests
{
    [Fact]
    public void A_terminal_that_is_too_small_says_so_and_takes_no_keys_until_it_is_large_again()
    {
        using var stage = new Stage();
        var pressed = 0;
        var button = new Button { Text = "Erase" };
        button.Accepting += (_, _) => pressed++;
        stage.Terminal.Resize(60, 20);
        stage.Press(Key.Enter).Look(() =>
        {
            Assert.StartsWith("This terminal is too small", stage.Terminal.Line(0), StringComparison.Ordinal);
            Assert.DoesNotContain("Erase", stage.Terminal.Text, StringComparison.Ordinal);
            Assert.Null(stage.Terminal.Cursor);
            Assert.Equal(0, pressed);
        });
        stage.Terminal.Resize(100, 30);
        stage.Sees(0, "[ Erase ]").Press(Key.Enter).Look(() => Assert.Equal(1, pressed));
        stage.Show(button);
    }

    [Theory]
    [InlineData("en", "This terminal is too small")]
    [InlineData("de", "Dieses Terminal ist zu klein")]
    [InlineData("fr", "Ce terminal est trop petit")]
    public void It_says_so_in_the_language_of_the_screens(string language, string expected)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            using var stage = new Stage(columns: 79);
            stage.Look(() => Assert.StartsWith(expected, stage.Terminal.Line(0), StringComparison.Ordinal));
            using var screen = new Runnable();
            stage.Run(screen);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Ctrl_C_leaves_a_terminal_that_is_too_small()
    {
        using var stage = new Stage(columns: 40);
        stage.Press(Key.C.WithCtrl).Press(Key.Enter);
        using var screen = new Runnable();
        stage.Run(screen);
        Assert.True(stage.App.HasHungUp);
    }

    [Fact]
    public void A_new_size_lays_out_everything_that_runs()
    {
        using var stage = new Stage();
        using var screen = new Runnable();
        screen.Add(new StatusBar([new Shortcut(Key.F10, "Quit", () => { })]));
        stage.App.Invoke(() => MessageBox.Query(stage.App, "Title", "Text", "OK"));
        stage.Terminal.Resize(120, 40);
        stage.Sees(39, "F10 Quit").Look(() => Assert.Equal('╔', stage.Terminal.Line(17)[54]));
        stage.Run(screen);
    }

    [Fact]
    public void What_another_thread_asks_for_is_done_on_the_thread_of_the_screens()
    {
        using var stage = new Stage();
        var label = new Label { Text = "waiting" };
        var screens = Environment.CurrentManagedThreadId;
        var at = 0;
        var worker = new Thread(() => stage.App.Invoke(() => (label.Text, at) = ("done", Environment.CurrentManagedThreadId)));
        stage.Look(worker.Start);
        stage.Terminal.UntilShown("done");
        stage.Look(() => Assert.Equal(screens, at)).Show(label);
        worker.Join();
    }

    [Fact]
    public void What_is_invoked_before_the_first_frame_is_done_too()
    {
        using var stage = new Stage();
        var label = new Label();
        stage.App.Invoke(app => label.Text = $"{app.Screen.Width} columns");
        stage.Sees(0, "80 columns").Show(label);
    }

    [Fact]
    public void Timers_ring_as_long_as_they_are_wanted()
    {
        using var stage = new Stage();
        var (rung, once) = (0, 0);
        var tick = () => ++rung < 3;
        stage.App.AddTimeout(TimeSpan.FromSeconds(1), tick);
        var token = stage.App.AddTimeout(TimeSpan.FromSeconds(1), () => ++once > 0);
        stage.Look(() => stage.Time.Advance(TimeSpan.FromSeconds(0.9))).Look(() => Assert.Equal((0, 0), (rung, once)))
            .Look(() => stage.Time.Advance(TimeSpan.FromSeconds(0.1))).Look(() => Assert.Equal((1, 1), (rung, once)))
            .Look(() => Assert.True(stage.App.RemoveTimeout(token)));
        for (var second = 0; second < 5; second++)
        {
            stage.Look(() => stage.Time.Advance(TimeSpan.FromSeconds(1)));
        }

        stage.Show();
        Assert.Equal((3, 1), (rung, once));
    }

    [Fact]
    public void A_timer_goes_on_under_a_dialog()
    {
        using var stage = new Stage();
        var label = new Label { Text = "0" };
        stage.App.AddTimeout(TimeSpan.FromSeconds(1), () => (label.Text += "+").Length < 9);
        stage.App.Invoke(() => MessageBox.Query(stage.App, "Title", "Text", "OK"));
        stage.Look(() => stage.Time.Advance(TimeSpan.FromSeconds(1))).Sees(0, "0+").Press(Key.Enter);
        stage.Show(label);
    }

    [Fact]
    public void A_fault_is_the_handlers_to_judge()
    {
        using var stage = new Stage();
        using var screen = new Runnable();
        List<string> faults = [];
        screen.KeyDown += (_, key) => throw new InvalidOperationException(key.ToString());
        stage.Press(Key.F2, Key.F3);
        var error = Assert.Throws<InvalidOperationException>(() => stage.App.Run(screen, e =>
        {
            faults.Add(e.Message);
            return faults.Count < 2;
        }));
        Assert.Equal((2, "F3"), (faults.Count, error.Message));
    }

    [Fact]
    public void A_hang_up_ends_every_dialog()
    {
        using var stage = new Stage();
        using var screen = new Runnable();
        int? answer = -1;
        stage.App.Invoke(() => answer = MessageBox.Query(stage.App, "Title", "Text", "OK"));
        stage.Run(screen);
        Assert.Equal((null, false), (answer, screen.IsRunning));
    }

    [Fact]
    public void Keys_that_came_together_go_where_the_first_of_them_led()
    {
        using var stage = new Stage();
        var field = new TextField { Y = 1, Width = 10 };
        stage.Press(Key.Tab).Type("abc").Look(() => Assert.Equal("abc", field.Text));
        stage.Show(new Button { Text = "Other" }, field);
    }

    [Fact]
    public void An_idle_screen_sends_nothing()
    {
        using var stage = new Stage();
        var label = new Label { Text = "12 MB/s", Width = 20 };
        var sent = 0L;
        stage.Look(() => sent = stage.Terminal.BytesSent).Look(() => label.SetNeedsDraw()).Look(() => Assert.Equal(sent, stage.Terminal.BytesSent))
            .Look(() => label.Text = "13 MB/s").Look(() => Assert.InRange(stage.Terminal.BytesSent - sent, 1, 40));
        stage.Show(label);
    }

    [Fact]
    public void A_key_costs_one_small_frame()
    {
        using var stage = new Stage();
        var (frames, sent) = (0, 0L);
        stage.Look(() => (frames, sent) = (stage.Terminal.Frames, stage.Terminal.BytesSent)).Press(Key.A).Look(() =>
        {
            Assert.Equal(1, stage.Terminal.Frames - frames);
            Assert.InRange(stage.Terminal.BytesSent - sent, 1, 40);
        });
        stage.Show(new TextField { Width = 20 });
    }

    [Fact]
    public void Ctrl_L_sends_the_whole_screen_again()
    {
        using var stage = new Stage();
        var sent = 0L;
        stage.Look(() => sent = stage.Terminal.BytesSent).Press(Key.L.WithCtrl)
            .Look(() => Assert.InRange(stage.Terminal.BytesSent - sent, 20, 4000));
        stage.Show(new Label { Text = "What stands here is sent again." });
    }
}
