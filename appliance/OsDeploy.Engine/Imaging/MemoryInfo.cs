using System.Globalization;

namespace OsDeploy.Imaging;

/// <summary>What the kernel says about this computer's memory (proc_meminfo(5)).</summary>
internal static class MemoryInfo
{
    private const string Path = "/proc/meminfo";

    /// <param name="field"><c>MemTotal</c>, <c>MemAvailable</c>, ...</param>
    /// <returns>Bytes; null if there is no such field.</returns>
    public static long? Read(string field, string path = Path) => File.Exists(path) ? Parse(File.ReadLines(path), field) : null;

    internal static long? Parse(IEnumerable<string> lines, string field)
    {
        var line = lines.FirstOrDefault(line => line.StartsWith(field + ":", StringComparison.Ordinal));
        var digits = line?[(field.Length + 1)..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes) && kibibytes < long.MaxValue >> 10
            ? kibibytes << 10
            : null;
    }
}
