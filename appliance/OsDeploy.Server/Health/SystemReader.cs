using System.Globalization;
using System.Text;

namespace OsDeploy.Server.Health;

/// <param name="Limit">Degrees at which it is too hot; null: the sensor does not say.</param>
internal sealed record SensorReading(string Name, double Celsius, double? Limit);

/// <param name="Total">Bytes.</param>
internal sealed record MemoryReading(long Total, long Available);

/// <param name="Total">Bytes.</param>
internal sealed record RoomReading(long Total, long Free);

/// <summary>Reads what the kernel tells in files. What is not there, or not as it should be, is not known.</summary>
/// <param name="root">What stands for <c>/</c>.</param>
internal sealed class SystemReader(string root = "/")
{
    private const int MostDegrees = 150;

    // Of a sensor, the better known first.
    private static readonly string[] s_limits = ["_crit", "_max"];

    /// <summary>What may listen on this appliance; not there on somebody's own Linux.</summary>
    private const string ListedSockets = "usr/lib/osdeploy/sockets.txt";

    public IReadOnlyList<SensorReading> Sensors() => [.. HardwareMonitors().Concat(ThermalZones()).OfType<SensorReading>()];

    public MemoryReading? Memory()
    {
        var values = Lines("proc/meminfo").Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(words => words is [_, _, "kB"])
            .GroupBy(words => words[0]).ToDictionary(group => group.Key, group => group.First()[1]);
        return Kilobytes("MemTotal:") is { } total && Kilobytes("MemAvailable:") is { } available ? new MemoryReading(total << 10, available << 10) : null;

        long? Kilobytes(string name) => values.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue >> 10 ? number : null;
    }

    /// <summary>Whether the file system of a folder cannot be written; null: not known.</summary>
    public bool? IsReadOnly(string folder)
    {
        (string Point, bool IsReadOnly)? best = null;
        foreach (var line in Lines("proc/self/mountinfo"))
        {
            // proc(5): the fifth field is the place, the sixth how it is mounted there; behind the dash the file system's own options are the third.
            var halves = line.Split(" - ", 2);
            if (halves is [var mount, var system] && mount.Split(' ') is { Length: >= 6 } fields && system.Split(' ') is { Length: >= 3 } own)
            {
                var point = Unescaped(fields[4]);
                if (IsBelow(folder, point) && (best is null || point.Length >= best.Value.Point.Length))
                {
                    best = (point, HasReadOnly(fields[5]) || HasReadOnly(own[2]));
                }
            }
        }

        return best?.IsReadOnly;
    }

    /// <summary>Null: it cannot be read.</summary>
    public IReadOnlyList<ListeningSocket>? Sockets()
    {
        var all = new List<ListeningSocket>();
        foreach (var table in new[] { "tcp", "tcp6", "udp", "udp6" })
        {
            var lines = Lines("proc/net/" + table);
            if (lines.Length == 0 && !table.EndsWith('6')) // a system without IPv6 has none of its tables
            {
                return null;
            }

            all.AddRange(lines.Skip(1).Select(line => ListeningSocket.Parse(table[..3], line)).OfType<ListeningSocket>());
        }

        return [.. all.Distinct()];
    }

    /// <summary>The first and the last port that the kernel gives to those who do not choose one.</summary>
    public (int First, int Last) OwnPorts() =>
        Lines("proc/sys/net/ipv4/ip_local_port_range") is [var line, ..] && line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var first, var last]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var low) && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var high)
            ? (low, high)
            : (32768, 60999); // the kernel's own default

    /// <summary>Null: there is no such list here.</summary>
    public IReadOnlyList<ListedSocket>? Listed() => File.Exists(Path.Combine(root, ListedSockets)) ? [.. Lines(ListedSockets).Select(ListedSocket.Parse).OfType<ListedSocket>()] : null;

    private IEnumerable<SensorReading?> HardwareMonitors() =>
        from folder in Folders("sys/class/hwmon")
        from input in Files(folder, "temp*_input")
        let stem = input[..^"_input".Length]
        select Reading(Text(stem + "_label") ?? Text(Path.Combine(folder, "name")) ?? "sensor", input, s_limits.Select(kind => Degrees(stem + kind)).FirstOrDefault(IsLimit));

    private IEnumerable<SensorReading?> ThermalZones() =>
        from folder in Folders("sys/class/thermal").Where(folder => Path.GetFileName(folder).StartsWith("thermal_zone", StringComparison.Ordinal))
        select Reading(Text(Path.Combine(folder, "type")) ?? "zone", Path.Combine(folder, "temp"), CriticalTrip(folder));

    private static double? CriticalTrip(string folder) => Files(folder, "trip_point_*_type").Where(file => Text(file) == "critical")
        .Select(file => Degrees(file[..^"_type".Length] + "_temp")).FirstOrDefault(IsLimit);

    private static SensorReading? Reading(string name, string file, double? limit) => Degrees(file) is > -MostDegrees and < MostDegrees and var degrees ? new SensorReading(name, degrees, limit) : null;

    // Boards without a limit say 0, or one that nothing reaches.
    private static bool IsLimit(double? limit) => limit is > 30 and < MostDegrees;

    private static double? Degrees(string file) => long.TryParse(Text(file), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var thousandths) ? thousandths / 1000.0 : null;

    private static bool HasReadOnly(string options) => options.Split(',').Contains("ro");

    private static bool IsBelow(string folder, string point) => point == "/" || folder == point || folder.StartsWith(point + "/", StringComparison.Ordinal);

    // Blanks and their like are three octal digits there.
    private static string Unescaped(string field)
    {
        var text = new StringBuilder();
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 3 < field.Length && field.AsSpan(i + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                text.Append((char)(((field[i + 1] - '0') << 6) + ((field[i + 2] - '0') << 3) + (field[i + 3] - '0')));
                i += 3;
            }
            else
            {
                text.Append(field[i]);
            }
        }

        return text.ToString();
    }

    private string[] Lines(string file) => Text(Path.Combine(root, file))?.Split('\n') ?? [];

    private IReadOnlyList<string> Folders(string folder)
    {
        var path = Path.Combine(root, folder);
        return Directory.Exists(path) ? [.. Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal)] : [];
    }

    private static IReadOnlyList<string> Files(string folder, string pattern) => [.. Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal)];

    private static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // a sensor that sleeps says so by an error
        }
    }
}
