namespace OsDeploy.Cli.Doctor;

/// <summary>Every program that the engine, the helper or the demonstration calls, with its package. A test compares it with their sources.</summary>
internal static class Tools
{
    public static IReadOnlyList<Tool> All { get; } =
    [
        new("lsblk", "util-linux", "listing disks", IsNeeded: true),
        new("blkid", "util-linux", "recognising file systems", IsNeeded: true),
        new("findmnt", "util-linux", "naming the disk of a new store", IsNeeded: true),
        new("losetup", "mount", "working on a part of a disk", IsNeeded: true),
        new("mount", "mount", "growing btrfs and xfs", IsNeeded: true),
        new("umount", "mount", "growing btrfs and xfs", IsNeeded: true),
        new("sfdisk", "fdisk", "reading and writing partition tables", IsNeeded: true),
        new("wipefs", "util-linux", "formatting", IsNeeded: true),
        new("mkswap", "util-linux", "making swap areas anew", IsNeeded: true),
        new("partclone.ntfs", "partclone", "finding the used blocks of Windows disks", IsNeeded: true),
        new("partclone.fat", "partclone", "finding the used blocks of FAT", IsNeeded: true),
        new("partclone.exfat", "partclone", "finding the used blocks of exFAT", IsNeeded: true),
        new("partclone.extfs", "partclone", "finding the used blocks of ext2, ext3 and ext4", IsNeeded: true),
        new("partclone.btrfs", "partclone", "finding the used blocks of btrfs", IsNeeded: true),
        new("partclone.xfs", "partclone", "finding the used blocks of xfs", IsNeeded: true),
        new("partclone.f2fs", "partclone", "finding the used blocks of f2fs", IsNeeded: true),
        new("ntfsinfo", "ntfs-3g", "telling whether Windows was shut down cleanly", IsNeeded: true),
        new("ntfscluster", "ntfs-3g", "leaving out page and hibernation files", IsNeeded: true),
        new("ntfsresize", "ntfs-3g", "growing NTFS", IsNeeded: true),
        new("mkntfs", "ntfs-3g", "formatting NTFS", IsNeeded: true),
        new("ntfs-3g", "ntfs-3g", "the demonstration", IsNeeded: false),
        new("e2fsck", "e2fsprogs", "growing ext2, ext3 and ext4", IsNeeded: true),
        new("resize2fs", "e2fsprogs", "growing ext2, ext3 and ext4", IsNeeded: true),
        new("debugfs", "e2fsprogs", "leaving out swap files", IsNeeded: true),
        new("mkfs.ext4", "e2fsprogs", "formatting ext2, ext3 and ext4", IsNeeded: true),
        new("mkfs.fat", "dosfstools", "formatting FAT", IsNeeded: true),
        new("xfs_logprint", "xfsprogs", "telling whether xfs was unmounted cleanly", IsNeeded: false),
        new("dump.f2fs", "f2fs-tools", "telling whether f2fs was unmounted cleanly", IsNeeded: false),
        new("btrfs", "btrfs-progs", "growing btrfs", IsNeeded: false),
        new("mkfs.btrfs", "btrfs-progs", "formatting btrfs", IsNeeded: false),
        new("lspci", "pciutils", "naming the devices of a host", IsNeeded: false),
        new("xfs_growfs", "xfsprogs", "growing xfs", IsNeeded: false),
        new("mkfs.xfs", "xfsprogs", "formatting xfs", IsNeeded: false),
        new("udhcpc", "udhcpc", "getting an address where the network started a PC", IsNeeded: false),
        new("ip", "iproute2", "finding the server where the network started a PC", IsNeeded: false),
        new("systemctl", "systemd", "restarting hosts and the appliance", IsNeeded: false),
        new("bash", "bash", "the root shell at a host's own keyboard", IsNeeded: false),
        new("dnsmasq", "dnsmasq-base", "letting computers start over the network", IsNeeded: false),
        new("date", "coreutils", "setting the appliance's clock", IsNeeded: false),
        new("hwclock", "util-linux-extra", "setting the clock on the appliance's board", IsNeeded: false),
    ];
}
