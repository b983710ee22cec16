using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Disks;

/// <summary>Every sentence about disks that an operator can read.</summary>
internal static class DiskErrors
{
    private const string StartWindowsOnce =
        "Start Windows once, let it finish its check, run `powercfg /h off`, then shut it down with `shutdown /s /f /t 0` and run the same command again.";

    private const string ShutDownCleanly =
        "Start its operating system once, shut it down cleanly (`systemctl poweroff`; Windows: `shutdown /s /f /t 0`), then run the same command again.";

    public static UserErrorException NotFound(string path) => new(
        "disk-not-found",
        $"There is no disk or image file {Printable.Of(path)}.",
        "Run `osdeploy disk list` to see the disks of this computer.");

    public static UserErrorException NotADisk(string path, string what) => new(
        "disk-not-a-disk",
        $"{Printable.Of(path)} is {what}, not a whole disk or an image file.",
        "Name the whole disk, for example /dev/sda instead of /dev/sda1; `osdeploy disk list` shows them.");

    public static UserErrorException NeedsRoot() => new(
        "needs-root",
        "Looking into the file systems of a disk needs root.",
        "Run the same command with sudo: `sudo osdeploy ...`.");

    public static UserErrorException NotOpened(string path, IOException cause) => new(
        "disk-not-opened",
        $"{Printable.Of(path)} cannot be opened: {Printable.Of(cause.Message)}.",
        "Run osdeploy as root (`sudo osdeploy ...`), and check that the disk is still attached.",
        cause);

    public static UserErrorException InUse(DiskIdentity disk) => InUse(disk.Path, string.Join("; ", disk.InUse));

    public static UserErrorException InUse(string path, string why) => new(
        "disk-in-use",
        $"{Printable.Of(path)} is in use: {Printable.Of(why)}.",
        "Unmount what is mounted from it (`umount`), end swap on it (`swapoff -a`), stop arrays and volume groups on it, or start this computer from the network.");

    public static UserErrorException IsReadOnly(DiskIdentity disk) => new(
        "disk-read-only",
        $"{Printable.Of(disk.Path)} is write-protected.",
        "Turn off its write protection switch, or `blockdev --setrw` if it was set by software.");

    public static UserErrorException IsRemovable(DiskIdentity disk) => new(
        "disk-removable",
        $"{Printable.Of(disk.Path)} ({Printable.Of(disk.Model)}) is a removable disk.",
        "Name the internal disk, or add --allow-removable if you really mean this one.");

    public static UserErrorException TooSmall(long target, long needed) => new(
        "disk-too-small",
        $"The target disk has {Exact(target)}, the image needs {Exact(needed)}.",
        "Choose a larger disk, or shrink the last partition of the master and capture the image again.");

    public static UserErrorException OtherSectorSize(int target, int image) => new(
        "disk-sector-size",
        string.Create(CultureInfo.InvariantCulture, $"The target disk has sectors of {target} bytes, the image was captured from sectors of {image} bytes."),
        "Restore onto a disk with the same sector size, or capture a master that has this kind of disk.");

    public static UserErrorException OtherFirmware(string computer, string image) => new(
        "firmware-mode",
        $"This computer starts in {FirmwareName(computer)} mode, the image was captured from a computer in {FirmwareName(image)} mode and would not start here.",
        $"Switch the firmware setup to {FirmwareName(image)} mode, or add --allow-other-firmware if you will do so later.");

    public static UserErrorException TableDamaged(string path, string what, Exception? cause = null) => new(
        "disk-table-damaged",
        $"The partition table of {Printable.Of(path)} makes no sense: {Printable.Of(what)}.",
        "Look at it with `sfdisk --verify` and repair it (`gdisk`, `testdisk`), or run `osdeploy erase` if nothing on the disk is needed.",
        cause);

    public static UserErrorException Unfinished(string path, SetAside aside) => new(
        "disk-unfinished",
        string.Create(CultureInfo.InvariantCulture, $"{Printable.Of(path)} does not start: {(aside.Work == AsideWork.Restore ? "a restore of" : "the personalisation of")} its partition {aside.Partition} was interrupted."),
        aside.Work == AsideWork.Restore
            ? string.Create(CultureInfo.InvariantCulture, $"Restore partition {aside.Partition} again, or the whole disk.")
            : string.Create(CultureInfo.InvariantCulture, $"Run `osdeploy personalise` for partition {aside.Partition} again, or restore this partition or the whole disk."));

    public static UserErrorException Unfinished(string path, UnfinishedRestore mark, int? partition) => new(
        "disk-unfinished",
        string.Create(CultureInfo.InvariantCulture, $"{(partition is { } number ? $"Partition {number} of " : "")}{Printable.Of(path)} holds an unfinished restore of {Printable.Of(mark.Image)}."),
        $"Restore {(partition is null ? "the disk" : "the partition or the whole disk")} again; what was written is used.");

    public static UserErrorException CannotSetAside(string path, int partition) => new(
        "disk-table-aside",
        string.Create(CultureInfo.InvariantCulture, $"The partition table of {Printable.Of(path)} cannot be set aside while partition {partition} is worked on: its first sector is not as the standard has it."),
        "Restore the whole disk, which writes the table anew.");

    public static UserErrorException BitLocker(PartitionLayout partition) => new(
        "volume-bitlocker",
        $"{Name(partition)} is encrypted with BitLocker (or prepared for it and waiting for activation).",
        "In Windows run `manage-bde -off C:` (for each drive letter), wait until `manage-bde -status` says fully decrypted, shut down with `shutdown /s /f /t 0`, then run the same command again.");

    public static UserErrorException Luks(PartitionLayout partition) => new(
        "volume-luks",
        $"{Name(partition)} is encrypted with LUKS: only all of its {Sizes.Of(partition.Length)} can be captured, byte for byte.",
        "Add --allow-raw to capture it so (every computer gets the same key), or install the master without encryption.");

    public static UserErrorException RaidMember(PartitionLayout partition, string kind) => new(
        "volume-raid",
        $"{Name(partition)} is a member of a RAID ({Printable.Of(kind)}): it is useless without the other disks.",
        "Install the master on a single disk, or remove the old RAID signature with `wipefs` if no array uses it any more.");

    public static UserErrorException Spanned(PartitionLayout partition, ulong disks) => new(
        "volume-raid",
        string.Create(CultureInfo.InvariantCulture, $"{Name(partition)} is a btrfs that spans {disks} devices: one of them is useless alone."),
        "Remove the other devices from it (`btrfs device remove`), then run the same command again.");

    public static UserErrorException NtfsHibernated(PartitionLayout partition) => new(
        "ntfs-hibernated",
        $"{Name(partition)} holds a Windows that is hibernated, not shut down (Fast Startup does this on every shutdown).",
        "Start Windows, run `powercfg /h off`, shut it down with `shutdown /s /f /t 0`, then run the same command again.");

    public static UserErrorException NtfsDirty(PartitionLayout partition) => new(
        "ntfs-dirty",
        $"{Name(partition)} is an NTFS that was not shut down cleanly or waits for a check.",
        StartWindowsOnce);

    public static UserErrorException NtfsUnreadable(PartitionLayout partition, Exception? cause = null) => new(
        "ntfs-dirty",
        $"{Name(partition)} is an NTFS that is too damaged to be read{(cause is null ? "." : ": " + Printable.Of(cause.Message))}",
        StartWindowsOnce,
        cause);

    public static UserErrorException NotClean(PartitionLayout partition, string what) => new(
        "volume-not-clean",
        $"{Name(partition)} ({Printable.Of(partition.FileSystem)}) {what}.",
        ShutDownCleanly);

    public static UserErrorException LinuxHibernated(PartitionLayout partition) => new(
        "linux-hibernated",
        $"{Name(partition)} holds a Linux that is hibernated, not shut down.",
        ShutDownCleanly);

    public static UserErrorException NoMap(PartitionLayout partition, Exception cause) => new(
        "volume-map",
        $"The used blocks of {Name(partition)} ({Printable.Of(partition.FileSystem)}) cannot be told: {Printable.Of(cause.Message)}",
        "Check the file system with its own checker (`chkdsk /f` in Windows, `fsck`), then run the same command again.",
        cause);

    public static UserErrorException CannotMake(string fileSystem) => new(
        "volume-format",
        $"{Printable.Of(fileSystem)} is not a file system osdeploy can make.",
        "Use fat16, fat32, ntfs, ext2, ext3, ext4, btrfs, xfs or swap.");

    public static UserErrorException CannotMakeInSize(string fileSystem, long length, string? label, FormatSize size) => new(
        "volume-size",
        $"A partition{(label is null ? "" : $" \"{Printable.Of(label)}\"")} of {Exact(length)} cannot become {fileSystem}, which takes {Sizes.Of(size.Min)} "
            + (size.Max == long.MaxValue ? "or more." : $"to {Exact(size.Max)}."),
        "Capture the image again with another file system for this partition (for example `--data 4=ext4`), or give it another size on the master.");

    private static string Name(PartitionLayout partition) => string.Create(CultureInfo.InvariantCulture, $"Partition {partition.Number}");

    private static string FirmwareName(string firmware) => firmware == "uefi" ? "UEFI" : "BIOS";

    private static string Exact(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{Sizes.Of(bytes)} ({bytes} bytes)");
}
