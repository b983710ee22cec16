using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class ProgressBarTests
{
    [Theory]
    [InlineData(0f, "░░░░░░░░ 0% ░░░░░░░░")]
    [InlineData(0.29f, "█████░░ 29% ░░░░░░░░")]
    [InlineData(0.5f, "███████ 50% ░░░░░░░░")]
    [InlineData(0.999f, "███████ 99% ███████░")]
    [InlineData(1f, "███████ 100% ███████")]
    [InlineData(7f, "███████ 100% ███████")]
    [InlineData(-1f, "░░░░░░░░ 0% ░░░░░░░░")]
    [InlineData(float.NaN, "░░░░░░░░ 0% ░░░░░░░░")]
    public void It_is_full_only_when_all_is_done(float fraction, string expected)
    {
        using var stage = new Stage();
        stage.Sees(0, expected).Show(new ProgressBar { Width = 20, Fraction = fraction, ProgressBarFormat = ProgressBarFormat.SimplePlusPercentage });
    }

    [Fact]
    public void A_text_may_stand_in_it()
    {
        using var stage = new Stage(TerminalProfile.Vt220);
        var bar = new ProgressBar { Width = 30, Fraction = 0.5f, Text = "3 of 6 hosts", ProgressBarFormat = ProgressBarFormat.SimplePlusPercentage };
        stage.Sees(0, "######## 3 of 6 hosts ........").Show(bar);
    }

    [Fact]
    public void Where_nothing_is_known_a_block_goes_to_and_fro()
    {
        using var stage = new Stage();
        var bar = new ProgressBar { Width = 6 };
        List<string> seen = [];
        for (var pulse = 0; pulse < 8; pulse++)
        {
            stage.Look(bar.Pulse).Look(() => seen.Add(stage.Terminal.Line(0).Trim()));
        }

        stage.Show(bar);
        Assert.Equal(["███░░░", "░███░░", "░░███░", "░░░███", "░░███░", "░███░░", "███░░░", "░███░░"], seen);
    }

    [Fact]
    public void One_way_only_it_begins_anew()
    {
        using var stage = new Stage();
        var bar = new ProgressBar { Width = 4, BidirectionalMarquee = false };
        stage.Look(bar.Pulse).Sees(0, "███░").Look(bar.Pulse).Sees(0, "░███").Look(bar.Pulse).Sees(0, "███░");
        stage.Show(bar);
    }
}
