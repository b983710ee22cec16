using System.Globalization;
using OsDeploy.Images;

namespace OsDeploy.Benchmarks.Measuring;

/// <summary>
/// The used ranges of a partition: what every figure is a share of. Read from partclone's map here, not with osdeploy's own
/// reader, so that a fault in that one cannot move the scale.
/// </summary>
internal static class UsedBlocks
{
    public static async Task<RangeSet> ReadAsync(string device, string partclone, string scratch, CancellationToken cancel)
    {
        var map = Path.Combine(scratch, "used.map");
        await new Command(partclone, "-D", "-f", "0", "--offset_domain=0", "-q", "-L", "/dev/null", "-s", device, "-o", map).RunAsync(cancel);
        var used = RangeSet.Of((await File.ReadAllLinesAsync(map, cancel)).Select(Parse).OfType<ByteRange>());
        File.Delete(map);
        return used;
    }

    public static async Task SaveAsync(RangeSet used, string file, CancellationToken cancel) =>
        await File.WriteAllLinesAsync(
            file, used.Runs.ToArray().Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Start} {run.Length}")), cancel);

    public static async Task<RangeSet> LoadAsync(string file, CancellationToken cancel) =>
        RangeSet.Of((await File.ReadAllLinesAsync(file, cancel))
            .Select(line => line.Split(' '))
            .Select(fields => new ByteRange(
                long.Parse(fields[0], CultureInfo.InvariantCulture), long.Parse(fields[1], CultureInfo.InvariantCulture))));

    /// <summary><c>0x00000000 0x02427000 +</c> is a used run; comments, free runs and the current position are not.</summary>
    private static ByteRange? Parse(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields is not [var start, var length, "+"])
        {
            return null;
        }

        return TryHex(start, out var from) && TryHex(length, out var bytes)
            ? new ByteRange(from, bytes)
            : throw Errors.UsedMapUnreadable(line);
    }

    private static bool TryHex(string text, out long value)
    {
        value = 0;
        return text.StartsWith("0x", StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
