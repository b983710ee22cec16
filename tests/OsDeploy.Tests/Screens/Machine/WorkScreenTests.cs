using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Screens.Machine;
using OsDeploy.Tests.Agent;
using OsDeploy.Tests.Cli;
using Xunit;

namespace OsDeploy.Tests.Screens.Machine;

public sealed class WorkScreenTests
{
    private const long Mebi = 1 << 20;

    private readonly ManualClock _clock = new();
    private readonly JobProgress _progress = new();

    [Fact]
    public void Each_partition_and_the_whole_are_as_far_as_they_are()
    {
        var work = WorkOf(JobKind.Restore);
        var whole = _progress.Begin("write", 400 * Mebi);
        _progress.AddPart(whole, 1, null, 0);
        var first = _progress.AddPart(whole, 1, 1, 100 * Mebi);
        _progress.AddPart(whole, 1, 2, 300 * Mebi);
        work.Read();
        first.Add(100 * Mebi);
        _clock.Advance(TimeSpan.FromSeconds(2));

        var reading = work.Read();

        Assert.Equal("writing", reading.Phase);
        Assert.Equal(0.25, reading.Fraction!.Value, 3);
        Assert.Equal([("Partition 1: System", 1.0), ("Partition 2", 0.0)], reading.Parts.Select(part => (part.Name, part.Fraction)));
        Assert.Equal("100 MiB of 400 MiB  50.0 MiB/s  0:06 left  limit: disk", reading.Figures);
    }

    [Fact]
    public void A_phase_without_a_total_shows_its_time()
    {
        var work = WorkOf(JobKind.Restore);
        _progress.Begin("flush", 0);
        _clock.Advance(TimeSpan.FromSeconds(65));

        var reading = work.Read();

        Assert.Equal((null, "1:05", "making it last"), (reading.Fraction, reading.Figures, reading.Phase));
    }

    [Fact]
    public void After_a_capture_the_old_version_is_named_and_the_master_is_to_be_restored_too()
    {
        var work = WorkOf(JobKind.Capture, MachineMenuTests.StateOf("master", null).Facts);

        work.End(new JobEnd(JobOutcome.Verified, null, new JobFigures(3L << 30, 0, 0, 1L << 30, 0, 125), VersionId.Of([2])), []);

        Assert.Equal("Capture: VERIFIED", work.Result!.Headline);
        Assert.Equal(["2:05, 3.00 GiB used, 1.00 GiB written", $"New version: lab@{VersionId.Of([2]).Short}", $"Old version kept as lab@{VersionId.Of([1]).Short}"], work.Result.Lines);
        Assert.Contains("restore the master too", work.Result.Advice, StringComparison.Ordinal);
        Assert.False(work.Result.MayRestart);
    }

    [Fact]
    public void What_failed_is_said_with_what_to_do()
    {
        var work = WorkOf(JobKind.Restore);

        work.End(new JobEnd(JobOutcome.Failed, new JobFault("write", "disk-full", "It is full\u001b[2J.", "Get a larger one."), null, null), ["hot"]);

        Assert.Equal((false, "Restore: FAILED at: writing", "Get a larger one."), (work.Result!.IsGood, work.Result.Headline, work.Result.Advice));
        Assert.Equal("It is full?[2J.   [disk-full]", Assert.Single(work.Result.Lines));
        Assert.Equal(["hot"], work.Result.Warnings);
    }

    [Fact]
    public async Task A_step_is_held_for_its_time_or_until_somebody_goes_on()
    {
        var held = new HeldStep("write", TimeSpan.FromSeconds(3), _clock);
        var wait = held.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(3), held.Left);
        Assert.False(wait.IsCompleted);
        held.Continue();
        await wait;

        var stopped = new HeldStep("write", null, _clock);
        Assert.Null(stopped.Left);
        stopped.Continue();
        await stopped.WaitAsync(TestContext.Current.CancellationToken);
    }

    private WorkScreen WorkOf(JobKind kind, MachineFacts? facts = null) => new(
        AgentLoopTests.Order(kind) with { Image = ImageName.Parse("lab"), Partitions = [new PartitionPlan(1, 1, "System")] }, _progress, facts, _clock);
}
