using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Text;

namespace OsDeploy.MachineTests.Terminal;

/// <summary>A computer that exists only in what it says. It takes a job that only holds it, and reports as if that were work.</summary>
/// <param name="connect">By credential; "": without one.</param>
internal sealed class TalkingHost(int number, Func<string, ApiClient> connect) : IDisposable
{
    public const long Work = 40L << 30;

    private ApiClient? _client;
    private JobOrder? _order;
    private long _lines;

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"pc-{number:000}");

    public MacAddress Mac { get; } =
        MacAddress.TryParse(string.Create(CultureInfo.InvariantCulture, $"020057{number:x6}"), out var mac) ? mac : throw new ArgumentOutOfRangeException(nameof(number));

    /// <summary>Its own dice.</summary>
    public Random Random { get; } = new(number);

    private ApiClient Client => _client ?? throw new InvalidOperationException("It has not said hello.");

    private JobOrder Order => _order ?? throw new InvalidOperationException("It has no job.");

    /// <param name="text">Stands wherever a computer may say something of itself.</param>
    /// <param name="devices">More of it.</param>
    public async Task SayHelloAsync(CancellationToken cancel, string? text = null, params IEnumerable<string> devices)
    {
        var identity = new HardwareIdentity(new Guid(number, 0x57, 0x4c1, 0x8a, 0x51, 0, 0, 0, 0, 0, 1).ToString(), text ?? "SYS-" + Name, text ?? "BOARD-" + Name, [Mac]);
        var disk = new HostDisk("sda", text ?? "disk", text ?? Name, Wwn: null, "sata", Work, 512, IsRemovable: false);
        var inventory = new Inventory(text ?? "vendor", text ?? "model", "uefi", 8L << 30, [disk], [.. devices.Select(device => new Device("cpu", device))]);
        using var door = connect("");
        var answer = await door.CallAsync(AgentApi.Hello, new Hello(Guid.NewGuid().ToString("N"), identity, inventory, "osdeploy-test", IsLab: true), cancel);
        _client = connect(answer.Token);
    }

    public async Task TakeJobAsync(CancellationToken cancel)
    {
        while (_order is null)
        {
            var orders = await Client.CallAsync(AgentApi.Poll, new Poll(Doing: null), cancel);
            _order = orders.Job;
            if (_order is null)
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(orders.PollAfter, 0.2)), cancel);
            }
        }
    }

    /// <param name="done">Of <see cref="Work"/>.</param>
    public async Task ReportAsync(long done, CancellationToken cancel, string phase = "write", params IReadOnlyList<string> log)
    {
        var rate = (90 + (10 * Random.NextDouble())) * 1e6;
        var report = new JobReport(Order.Fence, new JobProgressView(phase, done, Work, rate, "wire"), [], _lines + 1, log);
        _lines += log.Count;
        await Client.CallAsync(AgentApi.Report, report, cancel, Order.Id);
    }

    /// <summary>Goes on at about 95 MB/s, a report after each pause, until it is cancelled.</summary>
    public async Task WorkAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            // Not all at the same moment, as it is in a room.
            await Task.Delay(pause * Random.NextDouble(), stop);
            using var timer = new PeriodicTimer(pause);
            for (var done = (long)(Work * Random.NextDouble() / 2); await timer.WaitForNextTickAsync(stop); done += (long)(95e6 * pause.TotalSeconds))
            {
                await ReportAsync(done, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    public void Dispose() => _client?.Dispose();
}
