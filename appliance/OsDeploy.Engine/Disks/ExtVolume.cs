using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>An ext2, ext3 or ext4 as its superblock and debugfs show it.</summary>
internal sealed partial class ExtVolume
{
    private const int SuperblockOffset = 1024;
    private const int SwapPageSize = 4096;
    private const ushort IsClean = 1;
    private const ushort HasErrors = 2;
    private const uint NeedsRecovery = 4;

    private readonly IDisk _disk;
    private readonly PartitionLayout _partition;
    private readonly byte[] _superblock = new byte[1024];

    public ExtVolume(IDisk disk, PartitionLayout partition)
    {
        (_disk, _partition) = (disk, partition);
        disk.Read(partition.Offset + SuperblockOffset, _superblock);
    }

    /// <summary>Unmounted in order, journal empty, no errors noted.</summary>
    public bool WasUnmountedCleanly =>
        (BinaryPrimitives.ReadUInt32LittleEndian(_superblock.AsSpan(0x60)) & NeedsRecovery) == 0
        && (BinaryPrimitives.ReadUInt16LittleEndian(_superblock.AsSpan(0x3A)) & (IsClean | HasErrors)) == IsClean;

    private long BlockSize => 1024L << (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(_superblock.AsSpan(0x18)), 6);

    /// <summary>Where a swap file lies; no runs if there is none by this name, it has no swap header, or is no file of extents.</summary>
    public async Task<FileRuns> FindSwapFileAsync(string path, LoopDevice device, CancellationToken cancel)
    {
        var result = await new Command("debugfs", "-R", $"dump_extents -l {path}", device.Path).RunAsync(cancel);
        var runs = ParseExtents(result.Output, BlockSize);
        return runs.ReadHead(_disk, _partition.Offset, SwapPageSize).AsSpan().EndsWith("SWAPSPACE2"u8) ? runs : FileRuns.None;
    }

    /// <summary>Leaf extents only: blocks of the extent tree itself are the file system's.</summary>
    internal static FileRuns ParseExtents(string output, long blockSize)
    {
        var runs = new List<ByteRange>();
        var next = 0L;
        foreach (Match match in Extent().Matches(output))
        {
            var (logical, first, last) = (Number(match, "logical"), Number(match, "first"), Number(match, "last"));
            if (logical != next || first <= 0 || last < first || last > long.MaxValue / blockSize - 1)
            {
                return FileRuns.None;
            }

            runs.Add(ByteRange.Between(first * blockSize, (last + 1) * blockSize));
            next += last - first + 1;
        }

        return new(runs);
    }

    private static long Number(Match match, string group) =>
        long.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    // " 0/ 0   1/  4     0 -     3  16385 -  16388      4 Uninit"
    [GeneratedRegex(@"^\s*\d+/\s*\d+\s+\d+/\s*\d+\s+(?<logical>\d+)\s*-\s*\d+\s+(?<first>\d+)\s*-\s*(?<last>\d+)\s+\d+", RegexOptions.Multiline)]
    private static partial Regex Extent();
}
