using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>An NTFS as ntfsinfo and ntfscluster show it. They never write.</summary>
internal sealed partial class NtfsVolume(IDisk disk, PartitionLayout partition, LoopDevice device)
{
    private const string LogFile = "2"; // its MFT record

    /// <summary>The flag Windows sets while a volume is in use and until a check has passed.</summary>
    public async Task<bool> IsFlaggedDirtyAsync(CancellationToken cancel)
    {
        var info = await new Command("ntfsinfo", "--force", "--mft", device.Path).RunAsync(cancel);
        var flags = VolumeFlags().Match(info.Output);
        return flags.Success
            ? (ushort.Parse(flags.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) & 1) != 0
            : throw new FormatException("ntfsinfo does not name the volume's flags.");
    }

    /// <summary>The first bytes of $LogFile.</summary>
    public async Task<byte[]> ReadLogHeadAsync(CancellationToken cancel) =>
        (await FindRunsAsync("--inode", LogFile, cancel)).ReadHead(disk, partition.Offset, 2 * 4096);

    /// <summary>The first bytes of a file; empty if there is none, or if it is tiny or begins with a hole.</summary>
    public async Task<byte[]> ReadHeadAsync(string path, int count, CancellationToken cancel) =>
        (await FindRunsAsync("--filename", path, cancel)).ReadHead(disk, partition.Offset, count);

    /// <summary>Where a file lies; no runs if it does not exist or is not stored plainly.</summary>
    public Task<FileRuns> FindAsync(string path, CancellationToken cancel) => FindRunsAsync("--filename", path, cancel);

    private async Task<FileRuns> FindRunsAsync(string kind, string name, CancellationToken cancel)
    {
        var result = await new Command("ntfscluster", "--force", kind, name, device.Path).Accepting(code => code is 0 or 1).RunAsync(cancel);
        return result.ExitCode == 0 ? ParseRuns(result.Output, ClusterSize()) : FileRuns.None; // 1: there is no such file
    }

    /// <summary>
    /// Reads the run list of the unnamed data. Anything but one list without holes from the file's start to its end (resident,
    /// sparse, compressed, several streams) gives none: such a file is kept as it is.
    /// </summary>
    internal static FileRuns ParseRuns(string output, long clusterSize)
    {
        var runs = new List<ByteRange>();
        var isData = false;
        var next = 0L;
        foreach (var line in output.Split('\n'))
        {
            if (Attribute().Match(line) is { Success: true } attribute)
            {
                isData = attribute.Groups[1].Value == "80";
            }
            else if (isData && Run().Match(line) is { Success: true } match)
            {
                var (vcn, lcn, length) = (Number(match.Groups[1]), Number(match.Groups[2]), Number(match.Groups[3]));
                if (vcn != next || lcn <= 0 || length <= 0 || lcn > (long.MaxValue / clusterSize) - length)
                {
                    return FileRuns.None;
                }

                runs.Add(new(lcn * clusterSize, length * clusterSize));
                next = vcn + length;
            }
        }

        return new(runs);
    }

    private long ClusterSize()
    {
        var boot = new byte[512];
        disk.Read(partition.Offset, boot);
        var sectorSize = BinaryPrimitives.ReadUInt16LittleEndian(boot.AsSpan(0x0B));
        var sectors = boot[0x0D] <= 0x80 ? boot[0x0D] : 1 << (256 - boot[0x0D]); // beyond 64 KiB as a negative power of two
        return sectorSize > 0 && sectors > 0 ? (long)sectorSize * sectors : throw new FormatException("The NTFS boot sector names no cluster size.");
    }

    private static long Number(Group group) =>
        long.TryParse(group.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : -1;

    [GeneratedRegex(@"Volume Flags: 0x([0-9a-fA-F]{4})\b")]
    private static partial Regex VolumeFlags();

    [GeneratedRegex(@"^\s+0x([0-9a-f]+) - (?:non-)?resident")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^\s+(\d+)\s+(-?\d+)\s+(\d+)\s*$")]
    private static partial Regex Run();
}
