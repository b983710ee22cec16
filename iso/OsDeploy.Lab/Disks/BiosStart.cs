using System.Buffers.Binary;

namespace OsDeploy.Lab.Disks;

/// <summary>
/// GRUB for a BIOS, put on a disk image without mounting anything, which its own installer cannot. Sector numbers are patched where the GRUB
/// manual's "Images" chapter and <c>boot/i386/pc/boot.h</c> have them.
/// </summary>
internal static class BiosStart
{
    private const string Modules = "/usr/lib/grub/i386-pc";
    private const int Sector = 512;
    private const int BootCode = 440;
    private const int CoreSectorInBoot = 0x5c; // 8 bytes
    private const int RestInCore = 0x1f4; // 8 bytes: where the sectors after the first lie

    /// <param name="start">Bytes from the start of the disk: where GRUB's core goes, for which there must be nearly 1 MiB. A partition for it, or what an MBR disk has before its first.</param>
    /// <param name="prefix">Where GRUB finds its script: <c>(hd0,gpt2)/grub</c>.</param>
    public static async Task InstallAsync(string disk, long start, string prefix, string work, CancellationToken cancel)
    {
        var image = Path.Combine(work, "core.img");
        await new Command("grub-mkimage", "-O", "i386-pc", "-o", image, "-p", prefix, "biosdisk", "part_gpt", "part_msdos", "fat", "ext2", "normal", "linux", "boot").RunAsync(cancel);
        var core = await File.ReadAllBytesAsync(image, cancel);
        var boot = await File.ReadAllBytesAsync(Path.Combine(Modules, "boot.img"), cancel);
        var sector = start / Sector;
        BinaryPrimitives.WriteInt64LittleEndian(boot.AsSpan(CoreSectorInBoot), sector);
        BinaryPrimitives.WriteInt64LittleEndian(core.AsSpan(RestInCore), sector + 1);
        using var file = File.OpenHandle(disk, FileMode.Open, FileAccess.Write);
        RandomAccess.Write(file, boot.AsSpan(0, BootCode), 0);
        RandomAccess.Write(file, core, start);
    }
}
