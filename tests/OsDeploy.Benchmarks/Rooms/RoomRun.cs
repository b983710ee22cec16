using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;
using OsDeploy.Benchmarks.Machine;
using OsDeploy.Benchmarks.Measuring;

namespace OsDeploy.Benchmarks.Rooms;

/// <summary>
/// A whole room against a daemon's real API: all hosts say hello and are registered, then some restore while the others poll. Polls are
/// measured only while somebody restores. The hosts share the processor with the daemon, which no real room does: its figures
/// are on the safe side.
/// </summary>
internal sealed class RoomRun(RoomPlan plan, ApplianceAccess access, TimeProvider time)
{
    private const int IntroducedAtOnce = 8;

    public async Task<RoomFigures> RunAsync(CancellationToken cancel)
    {
        List<SimulatedHost> hosts = [.. Enumerable.Range(1, plan.Pollers + plan.Restorers).Select(number => new SimulatedHost(number, access, time))];
        try
        {
            await using var person = await RoomOperator.LogInAsync(access, plan.Configuration, time, cancel);
            var orders = await IntroduceAsync(hosts, person, cancel);
            var polling = new PollingHosts([.. hosts.Skip(plan.Restorers)], time);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            over.CancelAfter(plan.Span);
            var polls = polling.RunAsync([.. orders.Skip(plan.Restorers)], over.Token);
            var restored = await RestoreAsync([.. hosts.Take(plan.Restorers)], person, cancel);
            await over.CancelAsync();
            await polls;
            return Sum(restored, polling, hosts.Sum(host => host.LostCalls));
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
        }
    }

    private async Task<IReadOnlyList<Orders>> IntroduceAsync(List<SimulatedHost> hosts, RoomOperator person, CancellationToken cancel)
    {
        var manifest = await person.ReadManifestAsync(cancel);
        using (var door = new ApiClient(access.Url, time, access.Options(token: null)))
        {
            await ForEachAsync(hosts, (host, _, cancel) => host.SayHelloAsync(door, manifest, cancel), cancel);
        }

        await person.ApproveAsync(hosts.ToDictionary(host => host.Mac, host => host.Name), cancel);
        // The first poll after a registration finds out who it is, and is no measure of the ones that follow.
        var orders = new Orders[hosts.Count];
        await ForEachAsync(hosts, async (host, i, cancel) => orders[i] = await host.PollAsync(doing: null, cancel), cancel);
        var strangers = orders.Count(answer => answer.State != AgentState.Idle);
        return strangers == 0 ? orders : throw Errors.HostsRefused(strangers, "they are not idle after their registration");
    }

    private async Task<Restored> RestoreAsync(IReadOnlyList<SimulatedHost> hosts, RoomOperator person, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var batch = await person.StartRestoreAsync([.. hosts.Select(host => host.Name)], new JobOptions(), cancel);
        var figures = await Task.WhenAll(hosts.Select(host => new RestoringHost(host, time).RunAsync(cancel)));
        var elapsed = time.GetElapsedTime(started);
        return new Restored(elapsed, figures, await person.JobsAsync(batch, hosts.Count, cancel));
    }

    private RoomFigures Sum(Restored restored, PollingHosts polling, int lostCalls) => new(
        polling.Times.Count,
        polling.Times.Percentile(0.5),
        polling.Times.Percentile(0.99),
        lostCalls + polling.Refused,
        BackgroundProgram.PeakBytes(access.Pid),
        restored.Jobs.Count(job => job.Outcome == JobOutcome.Verified),
        restored.Elapsed.TotalSeconds,
        restored.Figures.Sum(figures => figures.Verified),
        restored.Figures.Sum(figures => figures.Fetched),
        restored.Jobs.FirstOrDefault(job => job.Fault is not null)?.Fault?.Message);

    private static Task ForEachAsync(IReadOnlyList<SimulatedHost> hosts, Func<SimulatedHost, int, CancellationToken, Task> act, CancellationToken cancel) =>
        Parallel.ForEachAsync(
            hosts.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = IntroducedAtOnce, CancellationToken = cancel },
            async (item, cancel) => await act(item.Item, item.Index, cancel));

    private sealed record Restored(TimeSpan Elapsed, IReadOnlyList<JobFigures> Figures, IReadOnlyList<Job> Jobs);
}
