using OsDeploy.Api.Agents;

namespace OsDeploy.Benchmarks.Rooms;

/// <summary>Hosts without a job: each polls when the appliance said so, a fifth earlier or later, so that they stay spread.</summary>
internal sealed class PollingHosts(IReadOnlyList<SimulatedHost> hosts, TimeProvider time)
{
    private const double Jitter = 0.2;

    private int _refused;

    public PollTimes Times { get; } = new();

    public int Refused => _refused;

    /// <summary>Polls until it is cancelled, which is its usual end.</summary>
    /// <param name="first">What each was told by the poll before.</param>
    public Task RunAsync(IReadOnlyList<Orders> first, CancellationToken stop) => Task.WhenAll(hosts.Zip(first, (host, orders) => PollAsync(host, orders, stop)));

    private async Task PollAsync(SimulatedHost host, Orders orders, CancellationToken stop)
    {
        var pause = orders.PollAfter * host.Random.NextDouble();
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(pause), time, stop);
                orders = await MeasureAsync(host, orders, stop);
                pause = orders.PollAfter * (1 - Jitter + (2 * Jitter * host.Random.NextDouble()));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    private async Task<Orders> MeasureAsync(SimulatedHost host, Orders before, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        try
        {
            var orders = await host.PollAsync(doing: null, stop);
            Times.Add(time.GetElapsedTime(started));
            return orders;
        }
        catch (UserErrorException)
        {
            Interlocked.Increment(ref _refused);
            return before;
        }
    }
}
