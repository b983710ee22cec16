using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Hosts;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Benchmarks.Rooms;

/// <summary>
/// A computer that exists only in what it says: an identity of its own, disks like those of the image, and the connection of one
/// agent. It is the same computer whenever it has the same number.
/// </summary>
internal sealed class SimulatedHost(int number, ApplianceAccess access, TimeProvider time) : IDisposable
{
    private ApiClient? _client;
    private string? _token;
    private int _lostCalls;

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"bench-{number:0000}");

    public MacAddress Mac { get; } = MacOf(number);

    /// <summary>Its own dice: a run can be repeated.</summary>
    public Random Random { get; } = new(number);

    public int LostCalls => _lostCalls;

    private ApiClient Client => _client ?? throw new InvalidOperationException("It has not said hello.");

    /// <param name="door">Without a credential.</param>
    /// <param name="manifest">Of the image it must be able to take.</param>
    public async Task SayHelloAsync(ApiClient door, Manifest manifest, CancellationToken cancel)
    {
        var identity = new HardwareIdentity(
            new Guid(number, 0x0be, 0x4c1, 0x8a, 0x51, 0, 0, 0, 0, 0, 1).ToString(), $"SYS-{Name}", $"BOARD-{Name}", [Mac]);
        var disks = manifest.Disks.Select(disk => new HostDisk(
            $"sd{(char)('a' + disk.Number - 1)}", "bench", $"{Name}-{disk.Number}", Wwn: null, "sata", disk.Size, disk.SectorSize, IsRemovable: false));
        var inventory = new Inventory("bench", "bench", manifest.Firmware == "any" ? "uefi" : manifest.Firmware, 8L << 30, [.. disks], []);
        var answer = await door.CallAsync(AgentApi.Hello, new Hello(Guid.NewGuid().ToString("N"), identity, inventory, "osdeploy-bench", IsLab: true), cancel);
        _token = answer.Token;
        _client = new ApiClient(access.Url, time, Options());
    }

    public Task<Orders> PollAsync(string? doing, CancellationToken cancel) => Client.CallAsync(AgentApi.Poll, new Poll(doing), cancel);

    public Task<ReportAnswer> ReportAsync(JobOrder order, JobReport report, CancellationToken cancel) => Client.CallAsync(AgentApi.Report, report, cancel, order.Id);

    public HttpImageStore OpenStore() => new(access.Url, time, Options());

    public void Dispose() => _client?.Dispose();

    // What gets lost is counted, and asked again as every agent does: a lost poll shows as a slow one too.
    private ConnectionOptions Options() => access.Options(_token, () => Interlocked.Increment(ref _lostCalls));

    // Locally administered (IEEE 802): no real card has one.
    private static MacAddress MacOf(int number) =>
        MacAddress.TryParse(string.Create(CultureInfo.InvariantCulture, $"020be4{number:x6}"), out var mac)
            ? mac
            : throw new ArgumentOutOfRangeException(nameof(number), number, "It does not fit six digits.");
}
