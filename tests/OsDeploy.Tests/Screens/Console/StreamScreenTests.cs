using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Console;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Console.Settings;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using OsDeploy.Tests.Cli;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Images;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>The stream to the hosts of a batch, where people see it and change it.</summary>
public sealed class StreamScreenTests
{
    private const string Batch = "0000001";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_shows_who_is_awaited_and_can_begin_without_them()
    {
        await using var run = await ScreenRun.StartAsync(RestoringAsync);
        run.UntilShown("Batch 1");
        ShowStream(run, CarouselState.Gathering);
        run.UntilShown("Begins in 12 s");
        run.Look(screen => Golden.Check(screen, "BatchGathering"));
        run.Press(Key.F3);
        run.UntilShown("Begin without those that are missing");
        run.Look(screen => Golden.Check(screen, "BatchBegin"));
        run.Press(Key.Esc);
        run.UntilGone("Begin without those that are missing");
        run.Run(at => new BatchScreen(at, Batch));
    }

    [Fact]
    public async Task A_batch_shows_how_it_is_sent_and_can_stop_that()
    {
        await using var run = await ScreenRun.StartAsync(RestoringAsync);
        run.UntilShown("Batch 1");
        ShowStream(run, CarouselState.Sending);
        run.UntilShown("1203 of 4502");
        run.Look(screen => Golden.Check(screen, "BatchSending"));
        run.Press(Key.F5);
        run.UntilShown("nothing is lost");
        run.Press(Key.Esc);
        run.UntilGone("nothing is lost");
        ShowStream(run, CarouselState.Ended);
        run.UntilShown("Stream: is over");
        run.Look(screen => Assert.DoesNotContain("Stop sending", screen, StringComparison.Ordinal));
        run.Run(at => new BatchScreen(at, Batch));
    }

    [Fact]
    public void What_says_nothing_has_no_line()
    {
        var sending = SampleSchool.Stream(Batch, CarouselState.Sending);

        Assert.Equal(["One by one: only one host"], StreamText.Of(sending with { Id = null, Reason = "only one host", Hosts = [] }));
        Assert.Equal(["Stream: is over"], StreamText.Of(sending with { State = CarouselState.Ended, Reason = "", Hosts = [] }));
        Assert.Equal(
            ["Stream: waits for hosts", "Begins when enough hosts are there; not there: a1, a2, a3, a4, a5, a6 and 4 more"],
            StreamText.Of(sending with { State = CarouselState.Gathering, Reason = "", StartsIn = null, Hosts = [.. Enumerable.Range(1, 10).Select(i => new CarouselHost($"{i}", $"a{i}", CarouselStanding.Awaited, 0, 0, 0, null))] }));
        Assert.Equal(
            ["gets the stream, 3299 blocks missing", "by HTTPS, 812 blocks missing, too slow", "by HTTPS, 100 blocks missing, too slow", "has all blocks", "not heard any more"],
            sending.Hosts.Select(StreamText.Of));
    }

    [Fact]
    public async Task Begin_and_stop_are_asked_of_the_appliance()
    {
        await using var server = await CannedServer.StartAsync();
        var view = SampleSchool.Stream("0000012", CarouselState.Gathering);
        server.On(AccountApi.Login, new LoginAnswer("t", new Samples("S").Operator, SampleSchool.Now)).On(CarouselApi.StartNow, view).On(CarouselApi.Stop, view)
            .On(CarouselApi.ChangeSettings, settings => settings);
        using var session = new ApplianceSession(server.Url, key: null, TimeProvider.System);
        await session.LoginAsync("anna", TestDaemon.Password, Cancel);
        var context = new ConsoleContext(session, () => Snapshot.Empty);

        await StreamActions.Start(context, view).Actions[0].Run(Cancel);
        await StreamActions.Stop(context, view).Actions[0].Run(Cancel);
        var form = new MulticastForm(context, new MulticastSettings(Interface: "eth1", Ttl: 3)).Model;
        form.Get<TextEntry>("interface").Value = "";
        form.Get<TextEntry>("limit").Value = "60MB";
        form.Get<CheckEntry>("querier").Value = true;
        await form.Actions[0].Run(Cancel);

        Assert.True(server.Heard(CarouselApi.StartNow) && server.Heard(CarouselApi.Stop));
        Assert.Equal(new MulticastSettings(Ttl: 3, MostBytesPerSecond: 60_000_000, Querier: true), server.BodyOf(CarouselApi.ChangeSettings));
        Assert.Equal("osdeploy carousel settings --interface '' --limit 60MB --querier on", form.Equivalent!().Single().ToString());
    }

    [Theory]
    [InlineData("auto", "")]
    [InlineData("wait", "--wait-hosts 2 --wait-seconds 90 --or-abort")]
    [InlineData("unicast", "--unicast --limit 30MB")]
    public void A_restore_of_several_hosts_says_how_chunks_come(string way, string arguments)
    {
        var fields = FieldsFor(3, JobKind.Restore, way);

        var options = fields.In(new JobOptions(Full: true));

        Assert.Equal(arguments, string.Join(' ', fields.Arguments));
        Assert.Equal(
            way switch
            {
                "wait" => new JobOptions(Full: true, Gather: new Gathering(2, 90, OrAbort: true)),
                "unicast" => new JobOptions(Full: true, Transfer: TransferWish.Unicast, MostBytesPerSecond: 30_000_000),
                _ => new JobOptions(Full: true),
            },
            options);
    }

    [Theory]
    [InlineData(1, JobKind.Restore)]
    [InlineData(3, JobKind.Capture)]
    public void Others_are_not_asked(int hosts, JobKind kind)
    {
        var fields = FieldsFor(hosts, kind, "unicast");

        Assert.DoesNotContain(fields.All, field => field.IsAsked);
        Assert.Equal(new JobOptions(), fields.In(new JobOptions()));
    }

    [Fact]
    public async Task Streams_are_read_while_a_host_restores_and_once_more_after_the_last()
    {
        await using var server = await CannedServer.StartAsync();
        var view = SampleSchool.Stream(Batch, CarouselState.Sending);
        server.On(JobApi.ListProgress, []).On(CarouselApi.List, [view]);
        using var api = new ApiClient(server.Url, TimeProvider.System, new ConnectionOptions());
        var reader = new SnapshotReader(api, _ => throw new NotSupportedException(), TimeProvider.System);
        Task<Snapshot> ReadAsync(Snapshot before) => reader.ReadAsync(before, new Changes { Progress = true }, Cancel);
        var job = SampleSchool.Job(1, "h1", JobState.Running);

        var idle = await ReadAsync(SampleSchool.Of([], [SampleSchool.Job(1, "h1", JobState.Waiting)]));
        Assert.Empty(idle.Carousels);
        Assert.False(server.Heard(CarouselApi.List));

        var running = await ReadAsync(SampleSchool.Of([], [job with { Job = job.Job with { Kind = JobKind.Restore } }]));
        Assert.Equal("pc02", running.StreamOf("0000002")?.Name);
        Assert.Equal(CarouselState.Sending, running.CarouselOf(Batch)?.State);

        server.Refuse(CarouselApi.List, 404, "route-missing");
        Assert.Empty((await ReadAsync(running)).Carousels);
    }

    private static TransferFields FieldsFor(int hosts, JobKind kind, string way)
    {
        var fields = new TransferFields(hosts, () => kind);
        T Get<T>(string id)
            where T : FormField => fields.All.OfType<T>().Single(field => field.Id == id);
        Get<ChoiceEntry>("transfer").Value = way;
        Get<NumberEntry>("wait-hosts").Text = "2";
        Get<NumberEntry>("wait-seconds").Text = "90";
        Get<CheckEntry>("or-abort").Value = true;
        Get<TextEntry>("limit").Value = "30 MB/s";
        return fields;
    }

    private static async Task RestoringAsync(TestDaemon daemon)
    {
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("win11"), Cancel);
        await daemon.StoreAsync(SampleImage.Of([1, 2, 3], "win11"));
        foreach (var number in new[] { 1, 2 })
        {
            await daemon.AddHostAsync(number, $"pc0{number}", configuration: "win11");
            await daemon.MeetAsync(number);
        }

        await daemon.StartJobsAsync(JobKind.Restore, "pc01", "pc02");
    }

    private static void ShowStream(ScreenRun run, CarouselState state) =>
        run.Terminal.Then(() => ((LiveScreen)run.At.Frame.Top!).Show(run.At.Now with { Carousels = [SampleSchool.Stream(Batch, state)] }));
}
