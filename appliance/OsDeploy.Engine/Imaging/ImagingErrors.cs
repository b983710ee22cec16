using System.Globalization;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Imaging;

/// <summary>Every sentence of capture and restore that an operator can read.</summary>
internal static class ImagingErrors
{
    public static UserErrorException SectorUnreadable(string disk, long sector, Exception cause) => new(
        "sector-unreadable",
        string.Create(CultureInfo.InvariantCulture, $"Sector {sector} of {Printable.Of(disk)} cannot be read."),
        "Replace the disk, or capture with --allow-bad-sectors: unreadable sectors become zero and the version is stamped with their list.",
        cause);

    public static UserErrorException NoSuchPartition(string disk, int number) => new(
        "partition-missing",
        $"{Printable.Of(disk)} has no partition {number}.",
        $"Run `osdeploy disk inspect {Printable.Of(disk)}` to see its partitions.");

    public static UserErrorException NothingToCapture(string disk) => new(
        "nothing-to-capture",
        $"{Printable.Of(disk)} has no partition and no file system.",
        "Check that this is the disk of the master: `osdeploy disk list` shows all disks with their models and serial numbers.");

    public static UserErrorException NothingToKeep(string disk) => new(
        "nothing-to-capture",
        $"The partition named on {Printable.Of(disk)} is a swap area or a container: there is nothing in it to keep.",
        $"Run `osdeploy disk inspect {Printable.Of(disk)}` to see its partitions, and name another.");

    public static UserErrorException ContainerCannotGrow(string disk, int number) => new(
        "partition-is-container",
        $"Partition {number} of {Printable.Of(disk)} is an extended partition: it grows with the logical partitions in it.",
        "Name the logical partition that is to take the room of a larger disk.");

    public static UserErrorException ChunksVanished(string store, int count) => new(
        "chunks-vanished",
        $"The store {Printable.Of(store)} loses chunks while they are being captured ({count} are missing).",
        "Run `osdeploy image check` on the store and look at the health of its disk, then capture again.");

    public static UserErrorException StoreTooFull(ImageName image, string store, long needed, long free) => new(
        "store-too-full",
        $"Capturing {image} needs about {Sizes.Of(needed)} in {Printable.Of(store)}, which has {Sizes.Of(free)} free.",
        "Delete versions that are not needed (`osdeploy image delete`, then `osdeploy image prune --now`), or use a larger disk for the store.");

    public static UserErrorException NoSuchImage(ImageName image, string store) => new(
        "image-missing",
        $"There is no image {image} in {Printable.Of(store)}.",
        "Run `osdeploy image list` on the store to see what it has.");

    public static UserErrorException NoSuchVersion(ImageName image, VersionId version) => new(
        "version-missing",
        $"Image {image} has no version {version.Short}.",
        $"Run `osdeploy image list` on the store to see the versions of {image}.");

    public static UserErrorException ManifestUnreadable(VersionId version, FormatException cause) => new(
        "version-damaged",
        $"Version {version.Short} cannot be used: {Printable.Of(cause.Message)}",
        "Restore another version, or capture the image again; a newer osdeploy may be needed to read it.",
        cause);

    public static UserErrorException Unsigned(VersionId version) => new(
        "version-unsigned",
        $"Version {version.Short} has no signature made with the required key.",
        "Restore a signed version, or leave out --require-signature if you trust where this store comes from.");

    public static UserErrorException DiskCount(ImageName image, int needed, int given) => new(
        "disk-count",
        $"Image {image} was captured from {needed} disk(s); {given} named.",
        "Name one target disk for each captured disk, in the order `osdeploy image show` lists them.");

    public static UserErrorException TargetNamedTwice(string disk) => new(
        "disk-named-twice",
        $"{Printable.Of(disk)} is named twice.",
        "Name each disk once.");

    public static UserErrorException ChunksMissing(string store, long count) => new(
        "chunks-missing",
        $"The store {Printable.Of(store)} lacks {count} chunk(s) of this version; nothing was written.",
        "Run `osdeploy image check` on the store, or capture the image again: chunks that are missing or damaged are stored anew.");

    public static UserErrorException PartitionNotInImage(ImageName image, int number) => new(
        "partition-not-in-image",
        $"Image {image} holds no content for partition {number}.",
        $"Run `osdeploy image show {image}` to see which partitions it holds.");

    public static UserErrorException PartitionTooSmall(string disk, int number, long has, long needs) => new(
        "partition-too-small",
        $"Partition {number} of {Printable.Of(disk)} has {Sizes.Of(has)}, the image needs {Sizes.Of(needs)}.",
        "Choose a larger partition, or restore the whole disk.");

    public static UserErrorException NoTableInImage(ImageName image) => new(
        "image-has-no-table",
        $"Image {image} holds no partition table.",
        "Name the partition to restore it into, or back it up again with --with-table.");

    public static UserErrorException WishForContainer(int number) => new(
        "override-container",
        string.Create(CultureInfo.InvariantCulture, $"Partition {number} is an extended partition: it can be neither formatted nor left, only the logical partitions in it can."),
        "Take the setting off this partition in the host's plan, and set it for the logical partitions.");

    public static UserErrorException WishWithoutFileSystem(int number) => new(
        "override-no-format",
        string.Create(CultureInfo.InvariantCulture, $"The plan formats partition {number}, and neither it nor the image says with which file system."),
        "Choose a file system for this partition in the host's plan.");

    public static UserErrorException WishCannotGrow(int number, string? fileSystem) => new(
        "override-cannot-grow",
        string.Create(CultureInfo.InvariantCulture, $"The plan gives the room of a larger disk to partition {number} ({Printable.Of(fileSystem ?? "unknown")}), which cannot take it."),
        "Let a partition with NTFS, ext2, ext3, ext4, btrfs or xfs grow, or one that is formatted.");

    public static UserErrorException WishNeedsSameLayout(string disk, int number, long offset, long length) => new(
        "override-needs-same-layout",
        string.Create(CultureInfo.InvariantCulture,
            $"The plan keeps partition {number}, and {Printable.Of(disk)} has no partition of {Sizes.Of(length)} at byte {offset}, where the image puts it; nothing was written."),
        "Let the plan restore or format this partition once; from then on it can be kept.");

    public static UserErrorException TooManyKept(int count, int most) => new(
        "override-too-many",
        string.Create(CultureInfo.InvariantCulture, $"The plan keeps {count} partitions that the image would replace; a restore can remember {most}."),
        "Keep fewer, or capture the image with these partitions left out.");

    public static UserErrorException NotForThisHost(int number, string what) => new(
        "override-not-restored",
        string.Create(CultureInfo.InvariantCulture, $"Partition {number} was named for a restore, and the plan of this host says that it is {what}."),
        "Name other partitions, or change the plan of this host first.");

    public static UserErrorException ChunkDamaged(ChunkId id, string store) => new(
        "chunk-damaged",
        $"Chunk {id} in {Printable.Of(store)} is damaged. The disk was left so that it does not start; what was written stays usable for the next try.",
        "Run `osdeploy image check` to see which images need it, capture one of them again, then restore again.");

    public static UserErrorException VerifyFailed(string disk, long offset) => new(
        "verify-failed",
        string.Create(CultureInfo.InvariantCulture, $"{Printable.Of(disk)} does not hold at byte {offset} what was written there. It was left so that it does not start."),
        "The disk, its cable or this computer's memory is faulty: check its SMART values and run memtest86+ before using it.");

    public static UserErrorException WriteRefused(string disk, IOException cause) => new(
        "disk-write-failed",
        $"Writing to {Printable.Of(disk)} failed: {Printable.Of(cause.Message)}. It was left so that it does not start.",
        "Check the disk's cable and its SMART values, then restore again; what was written is reused.",
        cause);
}
