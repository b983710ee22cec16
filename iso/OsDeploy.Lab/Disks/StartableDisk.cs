using System.Text;
using OsDeploy.Boot;

namespace OsDeploy.Lab.Disks;

/// <summary>
/// A disk that a PC starts, with a BIOS, with UEFI and with Secure Boot: signed shim and GRUB, GRUB for a BIOS, a kernel, and
/// <see cref="LabLinux"/>. Beside it a partition as Windows has them.
/// </summary>
internal static class StartableDisk
{
    private const long MiB = 1 << 20;
    private const long Size = 768 * MiB;
    private const int Seed = 7;
    private static readonly (int Start, int Length) s_bios = (1, 1);
    private static readonly (int Start, int Length) s_esp = (2, 128);
    private static readonly (int Start, int Length) s_root = (130, 200);
    private static readonly (int Start, int Length) s_windows = (330, 430);

    /// <param name="client">Folder of a client build.</param>
    /// <param name="name">What the Linux finds on its root partition.</param>
    public static async Task CreateAsync(string file, string client, string name, CancellationToken cancel)
    {
        await EmptyAsync(file);
        await new Command("sfdisk", "--quiet", file).WithInput($"""
            label: gpt
            start={s_bios.Start}MiB,size={s_bios.Length}MiB,type=21686148-6449-6E6F-744E-656564454649
            start={s_esp.Start}MiB,size={s_esp.Length}MiB,type=uefi
            start={s_root.Start}MiB,size={s_root.Length}MiB,type=linux
            start={s_windows.Start}MiB,size={s_windows.Length}MiB,type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7

            """).RunAsync(cancel);
        var work = Directory.CreateTempSubdirectory("osd-master-");
        try
        {
            await BiosStart.InstallAsync(file, s_bios.Start * MiB, "(hd0,gpt2)/grub", work.FullName, cancel);
            await FillEspAsync(file, client, work.FullName, cancel);
            await FillRootAsync(file, name, work.FullName, cancel);
            await FillWindowsAsync(file, work.FullName, cancel);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    /// <summary>A disk of the same size with nothing on it.</summary>
    /// <param name="size">Bytes.</param>
    public static async Task EmptyAsync(string file, long size = Size)
    {
        await using var disk = File.Create(file);
        disk.SetLength(size);
    }

    // The network's GRUB looks for its script on whatever it was started from.
    private static async Task FillEspAsync(string disk, string client, string work, CancellationToken cancel)
    {
        var loaders = Path.Combine(client, ClientBuild.Loaders);
        var script = Path.Combine(work, "grub.cfg");
        await File.WriteAllTextAsync(script, LabLinux.GrubScript, cancel);
        var own = Path.Combine(work, "lab.img");
        await LabLinux.WriteInitrdAsync(own, work, cancel);
        var esp = EmptyVolume(work, "esp", s_esp);
        await new Command("mkfs.fat", "-F", "32", "-n", "ESP", esp).RunAsync(cancel);
        await new Command("mmd", "-i", esp, "::/EFI", "::/EFI/BOOT", "::/grub").RunAsync(cancel);
        (string From, string To)[] files =
        [
            (Path.Combine(loaders, "shimx64.efi"), "::/EFI/BOOT/BOOTX64.EFI"),
            (Path.Combine(loaders, "grubx64.efi"), "::/EFI/BOOT/grubx64.efi"),
            (Path.Combine(client, ClientBuild.Kernel), "::/vmlinuz"),
            (Path.Combine(client, ClientBuild.Initrd), "::/initrd.img"),
            (script, "::/grub/grub.cfg"),
            (own, "::/lab.img"),
        ];
        foreach (var (from, to) in files)
        {
            await new Command("mcopy", "-i", esp, from, to).RunAsync(cancel);
        }

        await PutAsync(esp, disk, s_esp, cancel);
    }

    private static async Task FillRootAsync(string disk, string name, string work, CancellationToken cancel)
    {
        var files = Directory.CreateDirectory(Path.Combine(work, "root")).FullName;
        await WriteAsync(Path.Combine(files, LabLinux.NameFile), Encoding.ASCII.GetBytes(name + "\n"), cancel);
        await WriteAsync(Path.Combine(files, "etc/hosts"), "127.0.0.1\tlocalhost\n"u8.ToArray(), cancel);
        var random = new Random(Seed);
        for (var i = 0; i < 40; i++)
        {
            await WriteAsync(Path.Combine(files, "home", $"student{i % 4}", $"work {i}.odt"), Content(random, 1 << 20), cancel);
        }

        var volume = EmptyVolume(work, "linux", s_root);
        await new Command("mke2fs", "-q", "-t", "ext4", "-L", LabLinux.RootLabel, "-d", files, volume).RunAsync(cancel);
        await PutAsync(volume, disk, s_root, cancel);
    }

    private static async Task FillWindowsAsync(string disk, string work, CancellationToken cancel)
    {
        var volume = EmptyVolume(work, "windows", s_windows);
        await new Command("mkntfs", "--quick", "--quiet", "--force", "--label", "Windows", "-p", "675840", "-H", "255", "-S", "63", volume).RunAsync(cancel);
        var folder = Directory.CreateDirectory(Path.Combine(work, "mounted")).FullName;
        await new Command("ntfs-3g", volume, folder).RunAsync(cancel);
        try
        {
            var random = new Random(Seed);
            foreach (var name in new[] { "ntoskrnl.exe", "shell32.dll", "imageres.dll" })
            {
                await WriteAsync(Path.Combine(folder, "Windows/System32", name), Content(random, 4 << 20), cancel);
            }

            for (var i = 0; i < 60; i++)
            {
                await WriteAsync(Path.Combine(folder, "Windows/System32", $"library{i}.dll"), Content(random, 1 << 20), cancel);
            }
        }
        finally
        {
            await new Command("umount", folder).RunAsync(CancellationToken.None);
        }

        await PutAsync(volume, disk, s_windows, cancel);
    }

    // Half of it can be compressed, as in what systems keep.
    private static byte[] Content(Random random, int size)
    {
        var content = new byte[size];
        random.NextBytes(content.AsSpan(size / 2));
        return content;
    }

    private static async Task WriteAsync(string path, byte[] content, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, content, cancel);
    }

    private static string EmptyVolume(string work, string name, (int Start, int Length) partition)
    {
        var path = Path.Combine(work, name + ".img");
        using var volume = File.Create(path);
        volume.SetLength(partition.Length * MiB);
        return path;
    }

    private static Task<CommandResult> PutAsync(string volume, string disk, (int Start, int Length) partition, CancellationToken cancel) =>
        new Command("dd", "if=" + volume, "of=" + disk, "bs=1M", $"seek={partition.Start}", "conv=notrunc,sparse", "status=none").RunAsync(cancel);
}
