using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Benchmarks.Rooms;

/// <summary>Takes the job of a host and does it as an agent does, a report a second, but for the disk.</summary>
internal sealed class RestoringHost(SimulatedHost host, TimeProvider time)
{
    private static readonly TimeSpan s_reportEvery = TimeSpan.FromSeconds(1);

    public async Task<JobFigures> RunAsync(CancellationToken cancel)
    {
        var order = await TakeAsync(cancel);
        var started = time.GetTimestamp();
        await using var store = host.OpenStore();
        var pull = new ImagePull(store);
        var fault = await TryAsync(order, pull, cancel);
        var figures = new JobFigures(pull.Content, Equal: 0, pull.Fetched, Written: 0, pull.Content, time.GetElapsedTime(started).TotalSeconds);
        var end = new JobEnd(fault is null ? JobOutcome.Verified : JobOutcome.Failed, fault, figures, Made: null);
        await host.ReportAsync(order, ReportOf(order, pull, fault is null ? "done" : "fetch", end), cancel);
        return figures;
    }

    private async Task<JobOrder> TakeAsync(CancellationToken cancel)
    {
        while (true)
        {
            var orders = await host.PollAsync(doing: null, cancel);
            if (orders.Job is { } order)
            {
                return order;
            }

            await Task.Delay(TimeSpan.FromSeconds(orders.PollAfter), time, cancel);
        }
    }

    private async Task<JobFault?> TryAsync(JobOrder order, ImagePull pull, CancellationToken cancel)
    {
        try
        {
            await ReportWhileAsync(pull.RunAsync(order.Version!.Value, cancel), order, pull, cancel);
            return null;
        }
        catch (UserErrorException e)
        {
            return new JobFault("fetch", e.Code, e.Message, e.Hint);
        }
    }

    private async Task ReportWhileAsync(Task work, JobOrder order, ImagePull pull, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(s_reportEvery, time);
        var tick = timer.WaitForNextTickAsync(cancel).AsTask();
        while (await Task.WhenAny(work, tick) == tick)
        {
            await host.ReportAsync(order, ReportOf(order, pull, "fetch", end: null), cancel);
            tick = timer.WaitForNextTickAsync(cancel).AsTask();
        }

        await work;
    }

    private static JobReport ReportOf(JobOrder order, ImagePull pull, string phase, JobEnd? end) =>
        new(order.Fence, new JobProgressView(phase, pull.Content, Total: 0, BytesPerSecond: 0, "wire"), [], FirstLine: 1, [], end);
}
