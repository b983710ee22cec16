using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Tests.Api;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class JobVerbsTests
{
    private static readonly Samples s_samples = new("S64A");

    [Fact]
    public async Task How_often_a_job_is_tried_again_is_shown_and_changed()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JobApi.Settings, new JobSettings(0)).On(JobApi.ChangeSettings, settings => settings);

        Assert.Contains("never by itself", (await server.RunAsync("job settings")).Output, StringComparison.Ordinal);
        Assert.Contains("up to 2 times", (await server.RunAsync("job settings --retries 2")).Output, StringComparison.Ordinal);
        Assert.Equal(new JobSettings(2), server.BodyOf(JobApi.ChangeSettings));
        await server.RunAsync("job settings --retries 4", exitCode: 2);
    }

    [Fact]
    public async Task A_start_shows_what_rules_hosts_out_before_it_asks()
    {
        await using var server = await StartAsync();

        var refused = await server.RunAsync("job start restore --room r101", 1, "no\n");

        Assert.Matches(@"r101-pc01 +S64A, serial S64A, 256 GiB +S64A\n", refused.Talk);
        Assert.Matches(@"r101-pc02 +- +OUT: S64A \[S64A\]\n", refused.Talk);
        Assert.Contains("[not-confirmed]", refused.Talk, StringComparison.Ordinal);
        Assert.True(server.BodyOf(JobApi.Start).Preview);
    }

    [Fact]
    public async Task One_host_is_confirmed_by_its_name_and_started_with_what_was_asked()
    {
        await using var server = await StartAsync();

        var started = await server.RunAsync("job start restore r101-pc0? --room r101 --config win11 --partitions 3,1 --full --verify all --wake --version 3f2a9c", 3, "r101-pc01\n");

        var request = server.BodyOf(JobApi.Start);
        Assert.Equal((JobKind.Restore, false, 1, true), (request.Kind, request.Preview, request.Confirm, request.Wake));
        Assert.Equal(["r101-pc0?"], request.Hosts.Names!);
        Assert.Equal(["r101"], request.Hosts.Rooms!);
        Assert.Equal(["win11"], request.Hosts.Configurations!);
        Assert.Equal([1, 3], request.Options.Partitions!);
        Assert.Equal((true, true, "3f2a9c", false), (request.Options.Full, request.Options.VerifyAll, request.Options.Version, request.Options.TableOnly));
        Assert.Equal("Batch 12: restore on 1 host; 1 left out.\n`osdeploy job watch 12` shows how it goes.\n", started.Output);
    }

    [Fact]
    public async Task Preview_and_start_are_one_request_told_twice()
    {
        await using var server = await StartAsync();

        await server.RunAsync("job start capture r101-pc01", 3);

        var ids = server.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement.GetProperty("request").GetString()).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Equal(ids[0], ids[1]);
        Assert.True(Guid.TryParseExact(ids[0], "N", out _));
    }

    [Theory]
    [InlineData("--yes", 2, "[usage-count-needed]")]
    [InlineData("--yes --count 3", 1, "[count-differs]")]
    [InlineData("--yes --count 2", 0, "")]
    public async Task More_than_one_host_loses_its_disks_only_if_their_number_is_known(string options, int exitCode, string code)
    {
        await using var server = await StartAsync(s_samples.Able, s_samples.Able with { Name = "r101-pc03" });

        var terminal = await server.RunAsync($"job start erase --room r101 {options}", exitCode);

        Assert.Contains(code, terminal.Talk, StringComparison.Ordinal);
        Assert.Equal(exitCode == 0, server.BodyOf(JobApi.Start).Confirm == 2);
    }

    [Fact]
    public async Task Several_hosts_are_confirmed_by_their_number()
    {
        await using var server = await StartAsync(s_samples.Able, s_samples.Able with { Name = "r101-pc03" });

        await server.RunAsync("job start erase --room r101", 1, "r101-pc01\n");
        Assert.Null(server.BodyOf(JobApi.Start).Confirm);

        await server.RunAsync("job start erase --room r101", 0, "2\n");
        Assert.Equal(2, server.BodyOf(JobApi.Start).Confirm);
    }

    [Fact]
    public async Task Hosts_that_are_all_ruled_out_start_nothing()
    {
        await using var server = await StartAsync(s_samples.RuledOut);

        Assert.Contains("[no-host-can]", (await server.RunAsync("job start capture r101-pc02", 1)).Talk, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Hosts_come_from_a_list_with_remarks()
    {
        await using var server = await StartAsync();
        var terminal = server.Piped("r101-pc01, r101-pc02 # broken screen\n\n# r101-pc03\nr101-pc04\n");

        Assert.Equal(3, await terminal.RunAsync("job start reboot --from -"));

        Assert.Equal(["r101-pc01", "r101-pc02", "r101-pc04"], server.BodyOf(JobApi.Start).Hosts.Names!);
    }

    [Fact]
    public async Task A_watch_on_a_pipe_tells_every_step_once_and_fails_if_one_host_did()
    {
        await using var server = await CannedServer.StartAsync();
        IReadOnlyList<JobView>[] looks =
        [
            [s_samples.Job(null), s_samples.Job(null, "r101-pc02", "0000043")],
            [s_samples.Job(null), s_samples.Job(null, "r101-pc02", "0000043")],
            [s_samples.Job(JobOutcome.Verified), s_samples.Job(JobOutcome.Failed, "r101-pc02", "0000043")],
        ];
        var look = 0;
        server.On(JobApi.ListBatches, [s_samples.Batch]).On(JobApi.List, _ => looks[look++]);
        var terminal = server.Piped(clock: new JumpingTime());

        Assert.Equal(1, await terminal.RunAsync("job watch"));

        Assert.Equal("r101-pc01: running: S64A\nr101-pc02: running: S64A\nr101-pc01: verified: S64A\nr101-pc02: failed: S64A\n", terminal.Talk);
        Assert.Equal("r101-pc02 (job 43): failed\nS64A   [S64A, at S64A]\nS64A\nbatch 12: 1 verified, 1 failed\n", terminal.Output);
        Assert.Contains(server.Requests, request => request.Target == "/api/v1/jobs?batch=0000012&count=1000");
    }

    [Theory]
    [InlineData(JobOutcome.Verified, false, 0)]
    [InlineData(JobOutcome.Verified, true, 3)]
    [InlineData(JobOutcome.Skipped, false, 1)]
    public async Task A_watch_ends_as_its_hosts_did(JobOutcome outcome, bool hasWarning, int exitCode)
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JobApi.List, [s_samples.Job(outcome, hasWarning: hasWarning)]);

        var watch = await server.RunAsync("job watch 12 --json", exitCode);

        using var json = JsonDocument.Parse(watch.Output);
        Assert.Equal(outcome.ToString(), json.RootElement[0].GetProperty("job").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_watch_on_a_terminal_paints_over_its_lines()
    {
        await using var server = await CannedServer.StartAsync();
        var jobs = Enumerable.Range(1, 40).Select(i => s_samples.Job(null, $"r101-pc{i:00}", $"00000{i:00}")).ToList();
        var look = 0;
        server.On(JobApi.List, _ => look++ == 0 ? jobs : [s_samples.Job(JobOutcome.Verified)]);
        var terminal = server.Answering("", new JumpingTime());

        Assert.Equal(0, await terminal.RunAsync("job watch 12"));

        Assert.Contains("... and 20 more", terminal.Talk, StringComparison.Ordinal);
        Assert.Contains("\u001b[22A", terminal.Talk, StringComparison.Ordinal);
        Assert.All(terminal.Talk.Split('\n'), line => Assert.True(line.Replace("\u001b[K", "", StringComparison.Ordinal).Length < 90, line));
    }

    [Fact]
    public async Task A_batch_that_was_never_started_is_not_watched()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JobApi.List, []).On(JobApi.ListBatches, []);

        Assert.Contains("[batch-unknown]", (await server.RunAsync("job watch 99", 1)).Talk, StringComparison.Ordinal);
        Assert.Contains("[no-batches]", (await server.RunAsync("job watch", 1)).Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_are_listed_and_shown_with_the_end_of_their_log()
    {
        await using var server = await CannedServer.StartAsync();
        var log = Enumerable.Range(1, 12).Select(i => new JobLogLine(i, Samples.Day, $"line {i}.")).ToList();
        server.On(JobApi.List, [s_samples.Job(null)]).On(JobApi.Show, s_samples.Job(JobOutcome.Failed, hasWarning: true)).On(JobApi.Log, log);

        var list = await server.RunAsync("job list --active --host r101-pc01 --count 5");
        var show = await server.RunAsync("job show 42");
        var whole = await server.RunAsync("job show 42 --log");

        Assert.Matches(" 42 +12  r101-pc01  restore  running  2026-11-20 .*S64A: 50 %, 1.00 GiB of 2.00 GiB", list.Output);
        Assert.Contains(server.Requests, request => request.Target == "/api/v1/jobs?host=r101-pc01&active=true&count=5");
        Assert.Matches(@"state +failed, warnings\n", show.Output);
        Assert.Contains("S64A   [S64A, at S64A]\nS64A\n", show.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("line 2.", show.Output, StringComparison.Ordinal);
        Assert.Contains("line 3.", show.Output, StringComparison.Ordinal);
        Assert.Contains("line 1.", whole.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_is_cancelled_where_it_goes_on_and_retried_where_it_failed()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JobApi.List, [s_samples.Job(null), s_samples.Job(JobOutcome.Failed, id: "0000043"), s_samples.Job(JobOutcome.Verified, id: "0000044")]);
        server.On(JobApi.Cancel, s_samples.Job(null)).On(JobApi.Retry, s_samples.Job(null));

        await server.RunAsync("job cancel --batch 12");
        await server.RunAsync("job retry --batch 12");

        Assert.Equal(["/api/v1/jobs/0000042/cancel", "/api/v1/jobs/0000043/retry"], server.Requests.Where(request => request.Method == "POST").Select(request => request.Target));
    }

    [Fact]
    public async Task A_job_that_refuses_does_not_keep_the_verb_from_the_others()
    {
        await using var server = await CannedServer.StartAsync();
        server.Refuse(JobApi.Retry, 409, "host-has-job", "r101-pc01 has job 50 already.");

        var terminal = await server.RunAsync("job retry 42 43", 1);

        Assert.Equal(2, server.Requests.Count);
        Assert.Contains("r101-pc01 has job 50 already.   [host-has-job]", terminal.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disks_are_chosen_by_serial_in_the_order_of_the_image()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JobApi.ChooseDisks, s_samples.Job(null));

        await server.RunAsync("job disk 42 S64A WX32");

        Assert.Equal([(1, "S64A"), (2, "WX32")], server.BodyOf(JobApi.ChooseDisks).Disks.Select(disk => (disk.Disk, disk.Serial!)));
    }

    [Theory]
    [InlineData("yes\n", 0, "lusab babad gutih tugad")]
    [InlineData("no\n", 1, null)]
    [InlineData("\n", 1, null)]
    public async Task The_words_of_a_start_are_shown_and_sent_only_after_somebody_has_said_they_are_the_same(string answer, int exitCode, string? sent)
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JobApi.Show, s_samples.Job(null) with { Unpaired = [Start("lusab babad gutih tugad")] }).On(JobApi.Pair, s_samples.Job(null));

        var terminal = await server.RunAsync("job pair 42", exitCode, answer);

        Assert.Contains("r101-pc01 at 10.0.0.5: lusab babad gutih tugad", terminal.Talk, StringComparison.Ordinal);
        Assert.Equal(sent, sent is null ? null : server.BodyOf(JobApi.Pair).Words);
    }

    [Fact]
    public async Task Where_several_say_they_are_the_host_the_words_have_to_be_typed()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JobApi.Show, s_samples.Job(null) with { Unpaired = [Start("lusab babad gutih tugad"), Start("babad lusab tugad gutih")] }).On(JobApi.Pair, s_samples.Job(null));

        await server.RunAsync("job pair 42", 0, "babad-lusab-tugad-gutih\n");

        Assert.Equal("babad-lusab-tugad-gutih", server.BodyOf(JobApi.Pair).Words);
    }

    [Fact]
    public async Task A_script_has_to_name_the_words()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JobApi.Pair, s_samples.Job(null));

        Assert.Contains("usage-words-needed", (await server.RunAsync("job pair 42", 2)).Talk, StringComparison.Ordinal);
        await server.RunAsync("job pair 42 --words lusab-babad-gutih-tugad", 0);
        Assert.Equal("lusab-babad-gutih-tugad", server.BodyOf(JobApi.Pair).Words);
    }

    private static UnpairedStart Start(string words) => new(words, "10.0.0.5", DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task Batches_are_listed_with_rate_and_counts()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JobApi.ListBatches, [s_samples.Batch]);

        Assert.Matches("12  restore +S64A .* 191 MiB/s +1 +1 +0 +0 +0  S64A", (await server.RunAsync("job batches")).Output);
    }

    private static async Task<CannedServer> StartAsync(params HostOutlook[] hosts)
    {
        var server = await CannedServer.StartAsync();
        IReadOnlyList<HostOutlook> outlook = hosts.Length > 0 ? hosts : [s_samples.Able with { Disks = [s_samples.Disk] }, s_samples.RuledOut];
        return server.On(JobApi.Start, request => new BatchAnswer(request.Preview ? null : "0000012", outlook));
    }
}
