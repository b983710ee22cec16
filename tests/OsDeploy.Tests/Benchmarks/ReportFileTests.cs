using OsDeploy.Benchmarks.Lines;
using OsDeploy.Benchmarks.Measuring;
using OsDeploy.Benchmarks.Streams;
using Xunit;

namespace OsDeploy.Tests.Benchmarks;

public sealed class ReportFileTests
{
    private static readonly RoomFigures s_room = new(
        Polls: 700,
        PollP50Milliseconds: 2.5,
        PollP99Milliseconds: 40.25,
        LostCalls: 3,
        DaemonPeakBytes: 120_000_000,
        Verified: 8,
        RestoreSeconds: 20,
        ContentBytes: 4_000_000_000,
        FetchedBytes: 2_000_000_000,
        FirstFailure: null);

    private static readonly StreamedRoomFigures s_streamed = new(
        Hosts: 8,
        LinkBytesPerSecond: 25_000_000,
        Seconds: 10,
        WriteSeconds: 8,
        LastSeconds: 14,
        FetchedBytes: 200_000_000,
        UsedBytes: 1L << 29,
        Verified: 8,
        SenderCpuSeconds: 1,
        HostCpuSeconds: 16,
        Way: "All chunks came by the stream.");

    [Fact]
    public void What_a_room_writes_is_read_back()
    {
        using var folder = new TemporaryFolder();
        var path = folder["report.json"];
        File.WriteAllText(path, ReportFile.Json(s_room));
        Assert.Equal(new ReportFile(2_000_000_000, s_room), ReportFile.Read(path));
    }

    [Fact]
    public void What_a_room_of_real_programs_writes_is_read_back()
    {
        using var folder = new TemporaryFolder();
        var path = folder["report.json"];
        File.WriteAllText(path, ReportFile.Json(s_streamed));
        Assert.Equal(new ReportFile(200_000_000, Streamed: s_streamed), ReportFile.Read(path));
    }

    [Fact]
    public void Of_osdeploys_own_report_only_the_fetched_bytes_are_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder["report.json"];
        File.WriteAllText(path, """{"version":"4f2a","fetchedBytes":1234,"warnings":[]}""");
        Assert.Equal(new ReportFile(1234), ReportFile.Read(path));
    }

    [Fact]
    public void A_run_without_a_report_has_fetched_nothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(new ReportFile(), ReportFile.Read(folder["report.json"]));
    }

    [Fact]
    public void Lines_about_a_room_of_real_programs_are_per_host_and_by_the_time_until_all_are_verified()
    {
        var run = new Measured(Seconds: 60, CpuSeconds: 0, PeakBytes: 0, Streamed: s_streamed);
        Quantity[] quantities =
        [
            Quantity.ToDisk, Quantity.DiskShareOfLink, Quantity.WriteShareOfLink, Quantity.HealthyTime, Quantity.LastTime, Quantity.HostsVerified, Quantity.SenderCpu, Quantity.HostCpu,
            Quantity.EachHost,
        ];
        Assert.Equal([20, 0.8, 1, 10, 14, 8, 5, 10, 3], quantities.Select(quantity => quantity.Of(run, 0)));
    }

    [Fact]
    public void Lines_about_a_room_show_its_figures_in_their_units()
    {
        var run = new Measured(Seconds: 30, CpuSeconds: 0, PeakBytes: 0, FetchedBytes: 2_000_000_000, Room: s_room);
        Quantity[] quantities = [Quantity.PollP50, Quantity.PollP99, Quantity.DaemonMemory, Quantity.Verified, Quantity.LostCalls, Quantity.RestoreTime, Quantity.Together];
        Assert.Equal([2.5, 40.25, 120, 8, 3, 20, 200], quantities.Select(quantity => quantity.Of(run, 0)));
    }
}
