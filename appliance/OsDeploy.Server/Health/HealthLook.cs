using System.Globalization;
using OsDeploy.Api.Health;
using OsDeploy.Api.Helper;

namespace OsDeploy.Server.Health;

/// <summary>Looks at everything once. Whatever fails is an item that says so: the others are read all the same.</summary>
internal sealed class HealthLook(HealthEdges edges, SystemReader system, HelperClient helper, TimeProvider time)
{
    private const int SshPort = 22;

    private static readonly TimeSpan s_clockDeadline = TimeSpan.FromSeconds(5);

    private readonly long _startedAt = time.GetTimestamp();
    private long? _unsetSince;

    public async Task<HealthReport> RunAsync(CancellationToken cancel)
    {
        var (disks, why) = await DisksAsync(cancel);
        var sockets = system.Sockets();
        var now = time.GetUtcNow();
        var boot = edges.Boot();
        List<HealthItem> items =
        [
            .. disks,
            SystemRules.Temperature(system.Sensors()),
            SystemRules.Memory(system.Memory()),
            await ClockAsync(cancel),
            WorkRules.Helper(why, isNeeded: edges.HasSsh || boot != "off"),
            WorkRules.Dnsmasq(boot),
            .. edges.HasSsh ? [WorkRules.Ssh(sockets?.Any(socket => socket is { Protocol: "tcp", Port: SshPort }))] : Array.Empty<HealthItem>(),
            SystemRules.Certificate(edges.Certificate.From, edges.Certificate.Until, now),
            SystemRules.Room(RoomOf(edges.Data), edges.IsOnReserve()),
            SystemRules.FileSystem(system.IsReadOnly(edges.Data)),
            WorkRules.Scrub(edges.ScrubbedAt(), await edges.CountVersions(cancel), now),
            WorkRules.Copy(NewestCopy(edges.Copies), time.GetElapsedTime(_startedAt), now),
            SocketRules.Of(sockets, system.Listed(), system.OwnPorts()),
        ];
        return new HealthReport(now, items);
    }

    /// <summary>Day of the newest copy in a folder; null: there is none.</summary>
    internal static DateTimeOffset? NewestCopy(string folder)
    {
        const string Before = "documents-";
        var days = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Before + "*.db").Select(file => Path.GetFileNameWithoutExtension(file)[Before.Length..]) : [];
        return days.Select(day => DateTimeOffset.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : (DateTimeOffset?)null).Max();
    }

    private async Task<(IReadOnlyList<HealthItem> Disks, string? Why)> DisksAsync(CancellationToken cancel)
    {
        try
        {
            return ([.. (await helper.DiskHealthAsync(cancel)).Select(DiskRules.Of)], null);
        }
        catch (UserErrorException e)
        {
            // A helper that answers at all says by itself what it failed at.
            return ([DiskRules.NotAsked(e.Message)], e.Code.StartsWith("helper-", StringComparison.Ordinal) ? e.Message : null);
        }
    }

    private async Task<HealthItem> ClockAsync(CancellationToken cancel)
    {
        var tracking = await TrackingAsync(cancel);
        _unsetSince = tracking is { IsSet: false } ? _unsetSince ?? time.GetTimestamp() : null;
        return SystemRules.Clock(tracking, _unsetSince is { } since ? time.GetElapsedTime(since) : null);
    }

    private static async Task<ChronyTracking?> TrackingAsync(CancellationToken cancel)
    {
        try
        {
            return ChronyTracking.Parse((await new Command("chronyc", "-c", "-n", "tracking").WithDeadline(s_clockDeadline).RunAsync(cancel)).Output);
        }
        catch (UserErrorException)
        {
            return null; // there is none here, or it does not answer
        }
    }

    private static RoomReading? RoomOf(string folder)
    {
        try
        {
            var drive = new DriveInfo(folder);
            return new RoomReading(drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
