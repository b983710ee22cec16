using Microsoft.Extensions.Logging.Abstractions;
using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Hooks;
using OsDeploy.Server.Jobs;
using OsDeploy.Storage.Documents;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Jobs;
using Xunit;

namespace OsDeploy.Tests.Hooks;

public sealed class BatchHooksTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_check_can_stop_a_batch_and_says_why()
    {
        await using var daemon = await StartAsync();
        Hook(daemon, "check", "echo checking; echo \"a class sits in r101 ($OSDEPLOY_KIND of $OSDEPLOY_HOSTS by $OSDEPLOY_BY)\"; exit 1");

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => daemon.StartJobsAsync(JobKind.Hold, "pc01"));

        Assert.Equal("hook-refused", refused.Code);
        Assert.Contains("a class sits in r101 (hold of pc01 by anna)", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await daemon.Admin.CallAsync(JobApi.ListBatches, Cancel));

        // Who only looks is not kept waiting by it.
        var preview = new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Hold, new HostSelection(["pc01"]), new JobOptions(), Preview: true);
        Assert.Null(Assert.Single((await daemon.Admin.CallAsync(JobApi.Start, preview, Cancel)).Hosts).Obstacle);
    }

    [Fact]
    public async Task What_runs_before_is_kept_with_the_batch_and_runs_once()
    {
        await using var daemon = await StartAsync();
        Hook(daemon, "check", "echo fine");
        Hook(daemon, "before-batch", "echo before; exit 7");
        var request = new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Hold, new HostSelection(["pc01"]), new JobOptions(), Confirm: 1);

        await daemon.Admin.CallAsync(JobApi.Start, request, Cancel);
        await daemon.Admin.CallAsync(JobApi.Start, request, Cancel);

        var batch = Assert.Single(await daemon.Admin.CallAsync(JobApi.ListBatches, Cancel)).Batch;
        Assert.Equal([("check", 0, "fine"), ("before-batch", 7, "before")], batch.Hooks.Select(run => (run.Hook, run.ExitCode, run.Output)));
        Assert.Equal("hook-failed", Assert.Single((await daemon.Admin.CallAsync(ApplianceApi.Status, Cancel)).Alarms).Code);
    }

    [Fact]
    public async Task What_runs_behind_a_batch_runs_once_it_has_ended()
    {
        using var folder = new TemporaryFolder();
        var clock = new SetTime();
        using var documents = DocumentStore.Open(folder["data.db"], [], clock);
        var board = new JobBoard(documents, clock);
        var hooks = new BatchHooks(new HookFolder(folder.Path, clock), board, new Alarms(documents, clock), clock, NullLogger<BatchHooks>.Instance);
        Write(folder["after-batch"], "echo \"after $OSDEPLOY_BATCH: $OSDEPLOY_VERIFIED\"");
        var (batch, _) = board.Start(SampleJobs.Batch(), (number, next) => [SampleJobs.Of(id: next(), batch: number)]);
        IReadOnlyList<HookRun> Kept() => board.FindBatch(batch.Id)!.Hooks;

        await hooks.LookAsync(Cancel);
        Assert.Empty(Kept());

        board.Change(batch.Jobs[0], job => job with { State = JobState.Ended, Outcome = JobOutcome.Verified });
        await hooks.LookAsync(Cancel);
        await hooks.LookAsync(Cancel);
        var run = Assert.Single(Kept());
        Assert.Equal(("after-batch", 0, "after 1: r101-pc01"), (run.Hook, run.ExitCode, run.Output));

        clock.Pass(TimeSpan.FromHours(1));
        Write(folder["after-batch"], "echo late");
        await hooks.LookAsync(Cancel);
        Assert.Single(Kept());
    }

    [Fact]
    public async Task A_refusal_that_was_coming_anyway_runs_no_hook()
    {
        await using var daemon = await StartAsync();
        Hook(daemon, "check", "touch \"$(dirname \"$0\")/ran\"");

        await TestRegistry.RefusedAsync("preview-outdated", () => daemon.Admin.CallAsync(
            JobApi.Start, new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Hold, new HostSelection(["pc01"]), new JobOptions(), Seen: "else"), Cancel));

        Assert.False(File.Exists(Path.Combine(daemon.Folder, "hooks", "ran")));
    }

    private static async Task<TestDaemon> StartAsync()
    {
        var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        return daemon;
    }

    private static void Hook(TestDaemon daemon, string name, string script)
    {
        var folder = Directory.CreateDirectory(Path.Combine(daemon.Folder, "hooks"), Owner).FullName;
        Write(Path.Combine(folder, name), script);
    }

    private static void Write(string path, string script)
    {
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, Owner);
    }
}
