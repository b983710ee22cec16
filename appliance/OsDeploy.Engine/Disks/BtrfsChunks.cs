using System.Globalization;
using System.Text.RegularExpressions;
using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>
/// Where a btrfs keeps the copies of its block groups ("chunks" in its words), as <c>btrfs inspect-internal dump-tree -t chunk</c> prints
/// them. partclone.btrfs 0.3.23 maps one copy of a group that has two on its disk (the profile DUP, which metadata has by
/// default); a restored file system then works from one copy and a scrub finds the other broken.
/// </summary>
internal sealed partial class BtrfsChunks
{
    private readonly List<(long Length, List<long> Copies)> _groups = [];

    public static async Task<BtrfsChunks> ReadAsync(LoopDevice device, CancellationToken cancel) =>
        Parse((await new Command("btrfs", "inspect-internal", "dump-tree", "-t", "chunk", device.Path).RunAsync(cancel)).Output);

    /// <exception cref="FormatException">A copy without a group, or numbers that make no sense.</exception>
    public static BtrfsChunks Parse(string dump)
    {
        var chunks = new BtrfsChunks();
        foreach (var line in dump.Split('\n'))
        {
            if (GroupLine().Match(line) is { Success: true } group)
            {
                chunks._groups.Add((Number(group.Groups[1]), []));
            }
            else if (CopyLine().Match(line) is { Success: true } copy)
            {
                (chunks._groups.Count > 0 ? chunks._groups[^1].Copies : throw new FormatException("A btrfs chunk has a copy and no length.")).Add(Number(copy.Groups[1]));
            }
        }

        return chunks;
    }

    /// <summary>Adds to each copy what is used in any other.</summary>
    public RangeSet InEveryCopy(RangeSet used) => used.Union(RangeSet.Of(
        from @group in _groups
        where @group.Copies.Count > 1
        from source in @group.Copies
        from run in used.Within(new ByteRange(source, @group.Length))
        from copy in @group.Copies
        select run with { Start = run.Start - source + copy }));

    private static long Number(Group digits) =>
        long.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue / 4
            ? number
            : throw new FormatException("A btrfs chunk lies nowhere.");

    [GeneratedRegex(@"^\s+length (\d+) owner \d+ stripe_len \d+ type ")]
    private static partial Regex GroupLine();

    [GeneratedRegex(@"^\s+stripe \d+ devid \d+ offset (\d+)")]
    private static partial Regex CopyLine();
}
