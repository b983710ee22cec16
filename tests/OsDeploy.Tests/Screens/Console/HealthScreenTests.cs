using OsDeploy.Api.Health;
using OsDeploy.Screens.Console.Health;
using OsDeploy.Screens.Words;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

public sealed class HealthScreenTests
{
    private static readonly HealthReport s_report = new(StillClock.Now, [
        new("disk-sda", HealthState.Ok, "sda (A disk, 466 GiB): well, 34 °C."),
        new("memory", HealthState.Ok, "6.00 GiB of 8.00 GiB can still be used."),
        new("clock", HealthState.Notice, "Nobody in the network has told the time for more than an hour."),
        new("temperature", HealthState.Unknown, "No sensor of the computer can be read, as in virtual machines."),
        new("room", HealthState.Bad, "1.00 GiB of 500 GiB on the data volume are free: captures are refused.", "Delete versions, or make the disk larger."),
    ]);

    [Fact]
    public async Task What_needs_somebody_comes_first_and_says_what_to_do()
    {
        await using var run = await ScreenRun.StartAsync();
        run.UntilShown("! bad");
        run.Look(screen => Golden.Check(Masked.Of(screen), "Health"));
        run.Press(Key.Enter);
        run.UntilShown("To do");
        run.UntilShown("Delete versions");
        run.Press(Key.Enter);
        run.UntilGone("To do");
        run.Run(at => new HealthScreen(at, _ => Task.FromResult(s_report)));
    }

    [Theory]
    [InlineData("de", "! schlecht", "1 Sache")]
    [InlineData("fr", "! mauvais", "1 chose")]
    public async Task It_speaks_other_languages(string code, string state, string summary)
    {
        Language.Use(Language.Find(code)!);
        await using var run = await ScreenRun.StartAsync();
        run.UntilShown(state);
        run.UntilShown(summary);
        run.Run(at => new HealthScreen(at, _ => Task.FromResult(s_report)));
    }

    [Fact]
    public async Task The_appliance_itself_is_asked_and_asked_again()
    {
        await using var run = await ScreenRun.StartAsync();
        run.UntilShown("certificate");
        run.Press(Key.F5);
        run.UntilShown("certificate");
        run.Run(at => new HealthScreen(at));
    }
}
