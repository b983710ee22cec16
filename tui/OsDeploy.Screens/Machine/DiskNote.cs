using OsDeploy.Agent;
using OsDeploy.Api.Hosts;
using OsDeploy.Disks;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine;

/// <summary>A disk as somebody recognises it before it is overwritten: what it is, and what is on it.</summary>
internal sealed record DiskNote(HostDisk Disk, string Path, DiskLayout? Layout)
{
    private const string MicrosoftReserved = "E3C9E316-0B5C-4DB8-817D-F92DF00215AE";
    private const string WindowsRecovery = "DE94BBA4-06D1-4D40-A16A-BFD50179D6AC";
    private const int MostLabels = 4;

    private static readonly string[] s_linux = ["ext2", "ext3", "ext4", "btrfs", "xfs", "f2fs", "LVM2_member"];

    /// <summary>Model, serial number and size.</summary>
    public string Name => Language.Fill(
        Words.Machine.DiskName, Printable.Of(Disk.Name), Of(Disk.Model), Of(Disk.Serial ?? Disk.Wwn), Sizes.Of(Disk.Size));

    /// <summary>A guess at the systems, and the labels of the file systems.</summary>
    public string Content
    {
        get
        {
            var partitions = Layout?.Partitions.Where(partition => !partition.IsContainer).ToList() ?? [];
            var systems = string.Join(", ", Systems(partitions));
            var labels = string.Join(", ", partitions.Select(partition => Printable.Of(partition.FileSystemLabel, 32)).Where(label => label.Length > 0).Take(MostLabels));
            return Layout is null ? Words.Machine.DiskUnreadable
                : partitions.Count == 0 ? Words.Machine.DiskEmpty
                : labels.Length == 0 ? systems
                : $"{systems} ({labels})";
        }
    }

    public static async Task<IReadOnlyList<DiskNote>> ReadAsync(Computer computer, IReadOnlyList<PresentDisk> disks, CancellationToken cancel)
    {
        var notes = new List<DiskNote>();
        foreach (var disk in disks)
        {
            notes.Add(new DiskNote(disk.Disk, disk.Path, await computer.LookAtAsync(disk, cancel)));
        }

        return notes;
    }

    private static string Of(string? text) => Printable.Of(text, 40) is { Length: > 0 } clean ? clean : Words.Common.Unknown;

    private static IEnumerable<string> Systems(List<PartitionLayout> partitions)
    {
        var hasNtfs = partitions.Exists(partition => partition.FileSystem is "ntfs" or "BitLocker");
        var hasLinux = partitions.Exists(partition => s_linux.Contains(partition.FileSystem));
        if (hasNtfs)
        {
            yield return partitions.Exists(partition => partition.Type is MicrosoftReserved or WindowsRecovery) ? "Windows" : Words.Machine.WindowsOrData;
        }

        if (hasLinux)
        {
            yield return "Linux";
        }

        if (!hasNtfs && !hasLinux)
        {
            yield return partitions.Exists(partition => partition.FileSystem == "crypto_LUKS") ? Words.Machine.Encrypted : Words.Machine.DataOnly;
        }
    }
}
