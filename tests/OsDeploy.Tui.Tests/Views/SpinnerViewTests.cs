using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class SpinnerViewTests
{
    [Fact]
    public void It_turns_by_itself_while_it_is_on_the_screen()
    {
        using var stage = new Stage();
        var spinner = new SpinnerView { AutoSpin = true };
        List<string> seen = [];
        for (var turn = 0; turn < 5; turn++)
        {
            stage.Look(() => seen.Add(stage.Terminal.Line(0).Trim())).Look(() => stage.Time.Advance(TimeSpan.FromMilliseconds(130)));
        }

        stage.Show(spinner);
        Assert.Equal(["-", "\\", "|", "/", "-"], seen);
    }

    [Fact]
    public void Nobody_looks_and_it_stops_until_somebody_does()
    {
        using var stage = new Stage();
        var spinner = new SpinnerView { AutoSpin = true };
        var frames = 0;
        stage.Look(() => spinner.Visible = false);
        stage.Look(() => stage.Time.Advance(TimeSpan.FromMilliseconds(130))).Look(() => stage.Time.Advance(TimeSpan.FromMilliseconds(130)))
            .Look(() => frames = stage.Terminal.Frames).Look(() => stage.Time.Advance(TimeSpan.FromSeconds(10)))
            .Look(() => Assert.Equal(frames, stage.Terminal.Frames))
            .Look(() => spinner.Visible = true).Sees(0, "\\").Look(() => stage.Time.Advance(TimeSpan.FromMilliseconds(130))).Sees(0, "|");
        stage.Show(spinner);
    }

    [Fact]
    public void On_a_slow_line_it_turns_slowly()
    {
        using var stage = new Stage(TerminalProfile.Vt220);
        stage.Look(() => stage.Time.Advance(TimeSpan.FromMilliseconds(400))).Sees(0, "-")
            .Look(() => stage.Time.Advance(TimeSpan.FromMilliseconds(100))).Sees(0, "\\");
        stage.Show(new SpinnerView { AutoSpin = true });
    }

    [Fact]
    public void It_may_be_turned_by_hand()
    {
        using var stage = new Stage();
        var spinner = new SpinnerView { Sequence = [".  ", ".. ", "..."] };
        stage.Sees(0, ".").Look(() => spinner.AdvanceAnimation()).Sees(0, "..").Show(spinner);
    }
}
