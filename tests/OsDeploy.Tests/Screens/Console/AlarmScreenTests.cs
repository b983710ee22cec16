using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Console.Alarms;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

public sealed class AlarmScreenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alarm_says_what_to_do_and_goes_once_somebody_has_looked()
    {
        await using var run = await ScreenRun.StartAsync(FreezeAsync);
        run.UntilShown("pc01");
        run.Look(screen => Golden.Check(Masked.Of(screen), "Alarms"));
        run.Press(Key.Enter);
        run.UntilShown("To do");
        run.Press(Key.Enter);
        run.Press(Key.F8);
        run.UntilShown("Has somebody looked?");
        run.Press(Key.Enter);
        run.UntilGone("Has somebody looked?");
        run.Type("d");
        run.UntilShown("Has somebody looked?");
        run.Alt('d');
        run.UntilShown("no alarms");
        run.Run(at => new AlarmScreen(at));

        Assert.Empty((await run.Daemon.Admin.CallAsync(ApplianceApi.Status, Cancel)).Alarms);
    }

    // Two computers that say they are the same host.
    internal static async Task FreezeAsync(TestDaemon daemon)
    {
        await daemon.AddHostAsync(1, "pc01");
        var first = await daemon.MeetAsync(1);
        await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await first.TakeJobAsync();
        var second = await daemon.MeetAsync(1);
        await second.PollAsync();
    }
}
