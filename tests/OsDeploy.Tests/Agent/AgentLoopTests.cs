using OsDeploy.Agent;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Tests.Api;
using Xunit;

namespace OsDeploy.Tests.Agent;

public sealed class AgentLoopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestScreen _screen = new();
    private readonly TestComputer _computer = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string StateFile => _folder["claim"];

    [Fact]
    public async Task A_job_is_taken_done_reported_and_its_claim_forgotten()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order(JobKind.Hold));

        var end = await OnceAsync(server);

        Assert.Equal(JobOutcome.Verified, end.Outcome);
        Assert.Equal(JobOutcome.Verified, server.Ends["job"].Outcome);
        Assert.True(Assert.Single(server.Hellos).IsLab);
        Assert.Equal((AgentState.Job, "PC-01"), (_screen.Shown.First().State, _screen.Shown.First().Name));
        Assert.Equal("job", Assert.Single(_screen.Ended).Order.Id);
        Assert.False(File.Exists(StateFile));
    }

    [Fact]
    public async Task The_claim_of_the_job_under_way_lies_in_a_file_for_its_owner_and_the_next_start_takes_the_job_up()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order(JobKind.Erase));
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var first = RunAsync(server, once: true, kill.Token, claim: "from the boot script");
        await _screen.Asked.WaitAsync(Cancel);

        Assert.Contains("claim-1", await File.ReadAllTextAsync(StateFile, Cancel), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(StateFile));
        // The server does not hear that the program ends, not even from a request that is still on its way.
        server.Before = context => context.Request.Headers.Authorization == "Bearer token-1" ? BusyAsync(context) : Task.FromResult(true);
        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _screen.Answer(mayWrite: false);
        await OnceAsync(server, claim: "from the boot script");

        Assert.Equal("job-declined", server.Ends["job"].Fault!.Code);
        Assert.Equal(2, server.Reports.Last().Fence);
        Assert.False(File.Exists(StateFile));

        Assert.Equal(["from the boot script", "claim-1"], server.Hellos.Select(hello => hello.Claim));
        Assert.NotEqual(server.Hellos.First().Nonce, server.Hellos.Last().Nonce);
    }

    [Fact]
    public async Task A_cancelled_job_that_wrote_nothing_is_skipped()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order(JobKind.Erase));
        var run = OnceAsync(server);
        await _screen.Asked.WaitAsync(Cancel);
        server.IsCancelling = true;

        await run;

        AssertEnd(server, JobOutcome.Skipped, "confirm", "job-cancelled");
    }

    [Fact]
    public async Task An_order_that_is_cancelled_already_is_not_begun()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order(JobKind.Erase) with { IsCancelling = true });

        await OnceAsync(server);

        AssertEnd(server, JobOutcome.Skipped, "claim", "job-cancelled");
        Assert.Equal(0, _screen.Asked.CurrentCount);
    }

    [Fact]
    public async Task A_person_at_the_computer_can_decline()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order(JobKind.Erase));
        _screen.Answer(mayWrite: false);

        await OnceAsync(server);

        AssertEnd(server, JobOutcome.Skipped, "confirm", "job-declined");
    }

    [Fact]
    public async Task A_lost_lease_stops_the_job_and_nothing_more_is_reported()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order(JobKind.Erase));
        var run = OnceAsync(server);
        await _screen.Asked.WaitAsync(Cancel);
        server.TakeJobBack();

        var end = await run;

        Assert.Equal("lease-lost", end.Fault!.Code);
        Assert.Empty(server.Ends);
        Assert.DoesNotContain(server.Reports, report => report.End is not null);
        Assert.False(File.Exists(StateFile));
    }

    [Fact]
    public async Task An_order_that_comes_again_is_answered_and_not_done_again()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Repeats = true;
        server.Give(Order(JobKind.Hold));
        server.Give(Order(JobKind.Hold) with { Id = "second" });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = RunAsync(server, once: false, stop.Token);
        await server.WaitForEndAsync();
        await server.WaitForEndAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.InRange(server.Reports.Count(report => report.End is not null), 3, 4);
        Assert.Equal(2, _screen.Begun);
    }

    [Fact]
    public async Task A_job_that_is_given_under_a_new_lease_is_done_again()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order(JobKind.Hold));
        server.Give(Order(JobKind.Hold) with { Fence = 2 });
        server.Give(Order(JobKind.Hold) with { Id = "last" });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = RunAsync(server, once: false, stop.Token);
        await server.WaitForEndAsync();
        await server.WaitForEndAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(3, _screen.Begun);
    }

    [Fact]
    public async Task The_computer_restarts_only_once_the_server_knows()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order(JobKind.Reboot));
        var reports = 0;
        server.Before = context =>
        {
            Assert.Equal(0, _computer.Reboots);
            return context.Request.Path.Value!.EndsWith("/report", StringComparison.Ordinal) && ++reports < 3 ? BusyAsync(context) : Task.FromResult(true);
        };

        await RunAsync(server, once: false, Cancel);

        Assert.Equal(1, _computer.Reboots);
        Assert.Equal(JobOutcome.Verified, server.Ends["job"].Outcome);
    }

    [Fact]
    public async Task Whoever_sits_there_can_keep_the_computer_from_restarting_and_it_works_on()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order(JobKind.Reboot));
        _screen.MayRestart = false;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = RunAsync(server, once: false, stop.Token);
        await _screen.WaitUntilAsync(() => _screen.Said.Any(line => line.StartsWith("The restart was stopped", StringComparison.Ordinal)), Cancel);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal((0, 1), (_computer.Reboots, _screen.RestartsAsked));
        Assert.Equal(JobOutcome.Verified, server.Ends["job"].Outcome);
    }

    [Theory]
    [InlineData(JobKind.Restore, JobOutcome.Verified, true, true)]
    [InlineData(JobKind.Capture, JobOutcome.Verified, true, true)]
    [InlineData(JobKind.Restore, JobOutcome.Verified, false, false)]
    [InlineData(JobKind.Restore, JobOutcome.Failed, true, false)]
    [InlineData(JobKind.Restore, JobOutcome.Skipped, true, false)]
    [InlineData(JobKind.Hold, JobOutcome.Verified, true, false)]
    [InlineData(JobKind.Reboot, JobOutcome.Verified, false, true)]
    [InlineData(JobKind.Reboot, JobOutcome.Failed, true, false)]
    public void What_the_network_started_for_a_job_restarts_when_that_is_verified(JobKind kind, JobOutcome outcome, bool mayRestart, bool restarts) =>
        Assert.Equal(restarts, AgentLoop.RestartsAfter(kind, outcome, mayRestart));

    [Fact]
    public async Task What_is_plugged_in_later_is_told_and_what_is_the_same_is_not()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var polls = 0;
        var (some, more) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        server.Before = context =>
        {
            polls += context.Request.Path.Value!.EndsWith("/poll", StringComparison.Ordinal) ? 1 : 0;
            (polls switch { 200 => some, 400 => more, _ => null })?.TrySetResult();
            return Task.FromResult(true);
        };
        var run = RunAsync(server, once: false, stop.Token);
        await some.Task.WaitAsync(Cancel);
        var before = server.Hellos.Count;
        _computer.Disks = [.. _computer.Disks, new(new HostDisk("sdb", "Stick", "S2", null, "usb", 2000, 512, IsRemovable: true), "/nonexistent/sdb")];
        await more.Task.WaitAsync(Cancel);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal((1, 2), (before, server.Hellos.Count));
        Assert.Equal(["sda", "sdb"], server.Hellos.Last().Inventory.Disks.Select(disk => disk.Name));
    }

    [Fact]
    public async Task A_computer_that_cannot_restart_says_so()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order(JobKind.Reboot));
        var computer = new TestComputer { NoReboot = Command.WhyMissing("a-program-that-is-nowhere") };
        using var loop = new AgentLoop(Options(server, once: true), computer, _screen, new JumpingTime());

        await loop.RunAsync(Cancel);

        AssertEnd(server, JobOutcome.Failed, "claim", "tool-missing");
        Assert.Equal(0, computer.Reboots);
    }

    [Theory]
    [InlineData("S2", 1000, "disk-changed")]
    [InlineData("S1", 2000, "disk-changed")]
    public async Task A_disk_that_is_not_what_it_was_ends_the_job_before_anybody_is_asked(string serial, long size, string code)
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order(JobKind.Erase) with { Disks = [new DiskBinding(1, serial, null, null, size)] });

        await OnceAsync(server);

        AssertEnd(server, JobOutcome.Failed, "claim", code);
        Assert.Equal(0, _screen.Asked.CurrentCount);
    }

    [Theory]
    [InlineData(JobKind.Restore)]
    [InlineData(JobKind.ManualRestore)]
    [InlineData(JobKind.Capture)]
    [InlineData(JobKind.ManualBackup)]
    [InlineData(JobKind.Heal)]
    [InlineData(JobKind.Erase)]
    public async Task An_order_that_does_not_say_enough_is_refused(JobKind kind)
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order(kind) with { Disks = [] });

        await OnceAsync(server);

        AssertEnd(server, JobOutcome.Failed, "claim", "order-incomplete");
    }

    [Fact]
    public async Task A_fault_of_the_program_is_the_end_of_the_job_and_not_of_the_agent()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        _computer.DiskFault = new InvalidOperationException("a bug\u001b[2J");
        server.Give(Order(JobKind.Erase));

        await OnceAsync(server);

        AssertEnd(server, JobOutcome.Failed, "claim", "fault");
        Assert.Contains("a bug?[2J", server.Ends["job"].Fault!.Message, StringComparison.Ordinal);
        Assert.Contains(server.Lines.Values, line => line.Contains(nameof(AgentLoopTests), StringComparison.Ordinal) || line.Contains(nameof(TestComputer), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_who_ends_the_program_ends_the_job_and_the_server_hears_of_it()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order(JobKind.Erase));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var loop = new AgentLoop(Options(server, once: false), _computer, _screen, TimeProvider.System);
        var run = loop.RunAsync(stop.Token);
        await _screen.Asked.WaitAsync(Cancel);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        AssertEnd(server, JobOutcome.Skipped, "confirm", "job-stopped");
        Assert.False(File.Exists(StateFile));
    }

    public void Dispose()
    {
        _screen.Dispose();
        _folder.Dispose();
    }

    internal static JobOrder Order(JobKind kind) =>
        new("job", 1, kind, new JobOptions(), null, null, [new DiskBinding(1, "S1", null, "Disk", 1000)], [], null, "claim-1", IsCancelling: false);

    internal static async Task<bool> BusyAsync(Microsoft.AspNetCore.Http.HttpContext context)
    {
        context.Response.StatusCode = 503;
        await context.Response.CompleteAsync();
        return false;
    }

    private static void AssertEnd(ScriptedAppliance server, JobOutcome outcome, string step, string code)
    {
        var end = server.Ends["job"];
        Assert.Equal((outcome, step, code), (end.Outcome, end.Fault!.Step, end.Fault.Code));
        Assert.EndsWith(".", end.Fault.Hint, StringComparison.Ordinal);
    }

    private AgentOptions Options(ScriptedAppliance server, bool once, string? claim = null) => new(server.Url, null, "osdeploy test", claim, StateFile, once);

    private Task<JobEnd> OnceAsync(ScriptedAppliance server, string? claim = null) => RunAsync(server, once: true, Cancel, claim);

    private async Task<JobEnd> RunAsync(ScriptedAppliance server, bool once, CancellationToken cancel, string? claim = null)
    {
        using var loop = new AgentLoop(Options(server, once, claim), _computer, _screen, new JumpingTime());
        return await loop.RunAsync(cancel);
    }
}
