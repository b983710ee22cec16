namespace OsDeploy.Disks;

/// <summary>
/// How small and how large a partition may be to become a file system as it should be. Its mkfs would refuse, or make another kind:
/// a FAT32 of too few clusters that Windows takes for FAT16, an ext3 without a journal, a FAT16 of 64 KiB clusters that hardly
/// anything reads.
/// </summary>
internal readonly record struct FormatSize(long Min, long Max)
{
    private const long Mib = 1 << 20;

    /// <returns>Null: not a file system that can be made.</returns>
    public static FormatSize? Of(string fs, int sectorSize)
    {
        var isLargeSector = sectorSize > 512;
        return fs switch
        {
            "fat16" => new(isLargeSector ? 64 * Mib : 16 * Mib, 2047 * Mib),
            "fat32" => From(isLargeSector ? 257 * Mib : 33 * Mib),
            "ntfs" => From(2 * Mib),
            "ext2" => From(Mib),
            "ext3" or "ext4" => From(isLargeSector ? 8 * Mib : 2 * Mib),
            "btrfs" => From(109 * Mib),
            "xfs" => From(300 * Mib),
            "swap" => From(40 << 10),
            _ => null,
        };
    }

    public bool Holds(long length) => length >= Min && length <= Max;

    private static FormatSize From(long min) => new(min, long.MaxValue);
}
