using OsDeploy.Disks;

namespace OsDeploy.Cli.Output;

/// <summary>One phrase for what a disk holds, for the person who is about to overwrite it. A guess from the table and the file systems.</summary>
internal static class OsGuess
{
    private const string MicrosoftReserved = "E3C9E316-0B5C-4DB8-817D-F92DF00215AE";
    private const string WindowsRecovery = "DE94BBA4-06D1-4D40-A16A-BFD50179D6AC";

    public static string Of(DiskLayout disk)
    {
        var partitions = disk.Partitions.Where(partition => !partition.IsContainer).ToList();
        if (partitions.Count == 0)
        {
            return disk.Label == "none" ? "nothing that osdeploy knows" : "an empty partition table";
        }

        var systems = Systems(partitions).ToList();
        return systems.Count > 0 ? string.Join(" and ", systems) : "data";
    }

    private static IEnumerable<string> Systems(List<PartitionLayout> partitions)
    {
        var hasNtfs = partitions.Exists(partition => partition.FileSystem is "ntfs" or "BitLocker");
        if (partitions.Exists(partition => partition.Type is MicrosoftReserved or WindowsRecovery) && hasNtfs)
        {
            yield return "Windows";
        }
        else if (hasNtfs)
        {
            yield return "Windows or its data";
        }

        if (partitions.Exists(partition => partition.FileSystem is "ext2" or "ext3" or "ext4" or "btrfs" or "xfs" or "f2fs" or "LVM2_member"))
        {
            yield return "Linux";
        }

        if (partitions.Exists(partition => partition.FileSystem == "crypto_LUKS"))
        {
            yield return "an encrypted system";
        }
    }
}
