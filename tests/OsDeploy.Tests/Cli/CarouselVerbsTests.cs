using OsDeploy.Api;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class CarouselVerbsTests
{
    private static readonly CarouselView s_sending = new(
        "3f2a9c41", "0000012", ImageName.Parse("win11"), Samples.Version, CarouselState.Sending, "28 of 30 hosts take part", "239.255.77.16:9077", 98_000_000, 2, 1203, 4502, 0.004, 0.02, null,
        [
            new CarouselHost("0000042", "r101-01", CarouselStanding.Receiving, 3299, 97_500_000, 0.0041, null),
            new CarouselHost("0000043", "r101-02", CarouselStanding.Complete, 0, 0, 0, null),
            new CarouselHost("0000044", "r101-03", CarouselStanding.Unicast, 812, 9_000_000, 0.3, "it takes less than half of what the median host takes"),
            new CarouselHost("0000045", "r101-04", CarouselStanding.Gone, 100, 0, 0, null),
        ]);

    private static readonly CarouselView s_gathering = new(
        "00000001", "0000013", ImageName.Parse("win11"), Samples.Version, CarouselState.Gathering, "it waits for 3 hosts", "239.255.77.17:9078", 0, 0, 0, 0, 0, 0, 11.2,
        [
            new CarouselHost("0000046", "r101-03", CarouselStanding.Awaited, 0, 0, 0, null),
            new CarouselHost("0000047", "r101-05", CarouselStanding.Ready, 4502, 0, 0, null),
            new CarouselHost("0000048", "r101-07", CarouselStanding.Awaited, 0, 0, 0, null),
        ]);

    private static readonly CarouselView s_none = new(null, "0000014", null, null, CarouselState.Ended, "one host is not worth a stream", null, 0, 0, 0, 0, 0, 0, null, []);

    [Fact]
    public async Task The_streams_are_listed_with_how_each_host_stands()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(CarouselApi.List, [s_gathering, s_sending, s_none, s_gathering with { StartsIn = null }]);

        Golden.Check((await server.RunAsync("carousel list")).Output, "Carousels");
        Assert.Contains("\"standing\": \"Unicast\"", (await server.RunAsync("carousel list --json")).Output, StringComparison.Ordinal);

        server.On(CarouselApi.List, []);
        Assert.Contains("No batch is served at once", (await server.RunAsync("carousel list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_begun_or_stopped_by_the_number_of_its_batch()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(CarouselApi.StartNow, s_sending).On(CarouselApi.Stop, s_sending with { State = CarouselState.Ended });

        Assert.Contains("sending", (await server.RunAsync("carousel start 12")).Output, StringComparison.Ordinal);
        Assert.Contains("ended", (await server.RunAsync("carousel stop 0000012")).Output, StringComparison.Ordinal);

        Assert.Equal(["/api/v1/batches/0000012/carousel/start", "/api/v1/batches/0000012/carousel/stop"], server.Requests.Select(request => request.Target));
        server.Refuse(CarouselApi.Stop, 404, "carousel-missing");
        Assert.Contains("[carousel-missing]", (await server.RunAsync("carousel stop 13", 1)).Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_are_shown_and_only_what_is_named_is_changed()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(CarouselApi.Settings, new MulticastSettings(Interface: "eth1")).On(CarouselApi.ChangeSettings, settings => settings);

        Golden.Check((await server.RunAsync("carousel settings")).Output, "CarouselSettings");
        Assert.False(server.Heard(CarouselApi.ChangeSettings));

        await server.RunAsync("carousel settings --mode broadcast --limit 60MB --querier on --port 5000 --ttl 4 --group 239.1.2.0");
        Assert.Equal(new MulticastSettings(MulticastMode.Broadcast, "eth1", "239.1.2.0", 5000, 4, 60_000_000, Querier: true), server.BodyOf(CarouselApi.ChangeSettings));
        await server.RunAsync("carousel settings --mode off");
        Assert.Equal(new MulticastSettings(MulticastMode.Off, "eth1"), server.BodyOf(CarouselApi.ChangeSettings));
    }

    [Theory]
    [InlineData("carousel settings --limit fast")]
    [InlineData("carousel settings --port 80")]
    [InlineData("carousel settings --querier maybe")]
    [InlineData("carousel settings --mode everything")]
    [InlineData("carousel start")]
    [InlineData("job start restore pc1 --wait-hosts 1")]
    [InlineData("job start restore pc1 --limit 30Mbit")]
    public async Task What_is_not_understood_reaches_no_server(string commandLine)
    {
        await using var server = await CannedServer.StartAsync();

        Assert.Contains("[usage-", (await server.RunAsync(commandLine, 2)).Talk, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("", TransferWish.Auto, 0, null, null, false)]
    [InlineData("--unicast --limit 30MB", TransferWish.Unicast, 30_000_000, null, null, false)]
    [InlineData("--wait-hosts 25", TransferWish.Auto, 0, 25, 60, false)]
    [InlineData("--wait-seconds 0 --or-abort", TransferWish.Auto, 0, null, 0, true)]
    public async Task A_start_says_how_chunks_come_and_when(string options, TransferWish transfer, long limit, int? hosts, int? seconds, bool orAbort)
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JobApi.Start, new BatchAnswer("0000012", [new Samples("S").Able]));

        await server.RunAsync($"job start restore r101-pc01 --yes {options}");

        var sent = server.BodyOf(JobApi.Start).Options;
        Assert.Equal((transfer, limit), (sent.Transfer, sent.MostBytesPerSecond));
        Assert.Equal(seconds is { } wait ? new Gathering(hosts, wait, orAbort) : null, sent.Gather);
    }

    [Fact]
    public async Task A_job_says_how_its_chunks_come()
    {
        await using var server = await CannedServer.StartAsync();
        var view = new Samples("S").Job(null);
        server.On(JobApi.Log, []).On(JobApi.Show, view with { Job = view.Job with { Options = new JobOptions(Transfer: TransferWish.Unicast, MostBytesPerSecond: 30_000_000) } });
        Assert.Contains("each host by HTTPS, at most 30MB/s\n", (await server.RunAsync("job show 42")).Output, StringComparison.Ordinal);

        server.On(JobApi.Show, view with { Job = view.Job with { Options = new JobOptions(Gather: new Gathering(25, 300, OrAbort: true)) } });
        Assert.Contains("sent when 25 hosts are there or after 300 s, else not at all\n", (await server.RunAsync("job show 42")).Output, StringComparison.Ordinal);
    }
}
