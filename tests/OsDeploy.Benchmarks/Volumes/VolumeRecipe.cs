namespace OsDeploy.Benchmarks.Volumes;

/// <summary>How a volume is made. A cached volume made by an equal recipe is used again.</summary>
/// <param name="Partclone">The partclone program of the file system.</param>
/// <param name="DiskBytes">Size of the disk that holds it.</param>
/// <param name="FileBytes">Files of this machine to copy.</param>
/// <param name="MediaBytes">Random bytes beside them, as pictures and films are to a compressor.</param>
/// <param name="Revision">Counts changes of the code that makes volumes.</param>
/// <param name="Folder">Where it is kept; null: under the name of its file system.</param>
internal sealed record VolumeRecipe(
    string FileSystem, string Partclone, long DiskBytes, long FileBytes, long MediaBytes, int Seed, int Revision, string? Folder = null)
{
    private const long MiB = 1 << 20;
    private const long GiB = 1 << 30;
    private const int CurrentRevision = 2;

    public static VolumeRecipe Ntfs(bool quick) => quick
        ? new("ntfs", "partclone.ntfs", GiB, 360 * MiB, 32 * MiB, Seed: 11, CurrentRevision)
        : new("ntfs", "partclone.ntfs", 6 * GiB, 3 * GiB, 240 * MiB, Seed: 11, CurrentRevision);

    public static VolumeRecipe Ext4(bool quick) => quick
        ? new("ext4", "partclone.extfs", GiB, 360 * MiB, 32 * MiB, Seed: 12, CurrentRevision)
        : new("ext4", "partclone.extfs", 8 * GiB, 3 * GiB, 256 * MiB, Seed: 12, CurrentRevision);

    /// <summary>For what is done a hundred times at once.</summary>
    public static VolumeRecipe SmallNtfs(bool quick) => quick ? Ntfs(quick) : Ntfs(quick: true) with { Folder = "ntfs-small" };

    /// <summary>What a disk with it takes at most: file-system tables and what deleted files left come on top.</summary>
    public long RoomNeeded => (FileBytes + MediaBytes) * 13 / 10;
}
