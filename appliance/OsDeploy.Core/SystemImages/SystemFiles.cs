namespace OsDeploy.SystemImages;

/// <summary>What a system is made of, all in one folder.</summary>
public static class SystemFiles
{
    /// <summary>Debian's packages.</summary>
    public const string Debian = "system.squashfs";

    /// <summary>What is osdeploy's own; it lies over the other one.</summary>
    public const string Own = "osdeploy.squashfs";

    public const string Kernel = "vmlinuz";
    public const string Initrd = "initrd.img";

    /// <summary>Loaders of a disk, by Debian's and Microsoft's keys.</summary>
    public const string Shim = "shimx64.efi";

    public const string KeyManager = "mmx64.efi";
    public const string Grub = "grubx64.efi";

    /// <summary>GRUB for a BIOS: its first sector, and the rest, which looks for its script in the second partition.</summary>
    public const string BiosBoot = "boot.img";

    public const string BiosCore = "core.img";

    /// <summary>What GRUB shows on a disk.</summary>
    public const string DiskMenu = "grub.cfg";

    /// <summary>The folder of all systems on a medium, and on a disk.</summary>
    public const string Folder = "osdeploy";

    /// <summary>For live-boot(7): which file systems there are; what comes later lies over what comes before.</summary>
    public const string LayerList = "filesystem.module";

    /// <summary>Where the running system's medium or place is mounted.</summary>
    public const string RunningMedium = "/run/live/medium";

    /// <summary>Whose signature the running system believes.</summary>
    public const string KeyPath = "/usr/lib/osdeploy/release-key.pem";

    public static IReadOnlyList<string> Names { get; } = [Debian, Own, Kernel, Initrd, Shim, KeyManager, Grub, BiosBoot, BiosCore, DiskMenu];

    /// <summary>Those that a place of a system holds: loaders are the disk's.</summary>
    public static IReadOnlyList<string> OfSlot { get; } = [Debian, Own, Kernel, Initrd];

    public static string Layers => $"{Debian}\n{Own}\n";
}
