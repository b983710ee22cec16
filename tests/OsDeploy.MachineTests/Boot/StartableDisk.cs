using System.Text;
using OsDeploy.Boot;
using OsDeploy.ImageBuilder.Tree;

namespace OsDeploy.MachineTests.Boot;

/// <summary>
/// A disk as a UEFI PC starts it: signed shim and GRUB, a kernel, and a small Linux that says on the serial line what it finds on its own
/// root partition, then switches the PC off. Beside it a partition as Windows has them.
/// </summary>
internal static class StartableDisk
{
    /// <summary>Said by the Linux once it has read its root partition.</summary>
    public const string Marker = "lab linux: this is ";

    private const long Size = 768L << 20;
    private const int EspStart = 1;
    private const int EspMiB = 128;
    private const int RootStart = EspStart + EspMiB;
    private const int RootMiB = 200;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="name">What the Linux finds on its root partition.</param>
    public static async Task CreateAsync(string file, string name)
    {
        var (_, client) = ClientImageFiles.OrSkip();
        await EmptyAsync(file);
        await new Command("sfdisk", "--quiet", file)
            .WithInput($"label: gpt\nstart={EspStart}MiB,size={EspMiB}MiB,type=uefi\nstart={RootStart}MiB,size={RootMiB}MiB,type=linux\nsize=+,type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n").RunAsync(Cancel);
        var work = Directory.CreateTempSubdirectory("osd-master-");
        try
        {
            await FillEspAsync(file, client, work.FullName);
            await FillRootAsync(file, name, work.FullName);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    /// <summary>A disk of the same size with nothing on it.</summary>
    public static async Task EmptyAsync(string file)
    {
        await using var disk = File.Create(file);
        disk.SetLength(Size);
    }

    // The network's GRUB looks for its script on whatever it was started from.
    private static async Task FillEspAsync(string disk, string client, string work)
    {
        var loaders = Path.Combine(client, ClientBuild.Loaders);
        var script = Path.Combine(work, "grub.cfg");
        await File.WriteAllTextAsync(script, "set timeout=0\nlinux /vmlinuz console=ttyS0 rdinit=/lab/init quiet panic=-1\ninitrd /initrd.img /lab.img\nboot\n", Cancel);
        var own = Path.Combine(work, "lab.img");
        var tree = new ClientTree(new SourceTree(work));
        tree.Put("lab/init", new Entry.Written(Encoding.ASCII.GetBytes(Init), IsProgram: true));
        await using (var packed = File.Create(own))
        {
            await Cpio.WriteAsync(tree, packed, Cancel);
        }

        var esp = Path.Combine(work, "esp");
        await using (var volume = File.Create(esp))
        {
            volume.SetLength((long)EspMiB << 20);
        }

        await new Command("mkfs.fat", "-F", "32", "-n", "ESP", esp).RunAsync(Cancel);
        await new Command("mmd", "-i", esp, "::/EFI", "::/EFI/BOOT", "::/grub").RunAsync(Cancel);
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
            await new Command("mcopy", "-i", esp, from, to).RunAsync(Cancel);
        }

        await PutAsync(esp, disk, EspStart);
    }

    private static async Task FillRootAsync(string disk, string name, string work)
    {
        var files = Directory.CreateDirectory(Path.Combine(work, "root")).FullName;
        await File.WriteAllTextAsync(Path.Combine(files, "name"), name + "\n", Cancel);
        var random = new byte[40 << 20];
        new Random(7).NextBytes(random);
        await File.WriteAllBytesAsync(Path.Combine(files, "data"), random, Cancel);
        var volume = Path.Combine(work, "volume");
        await using (var empty = File.Create(volume))
        {
            empty.SetLength((long)RootMiB << 20);
        }

        await new Command("mke2fs", "-q", "-t", "ext4", "-L", "labroot", "-d", files, volume).RunAsync(Cancel);
        await PutAsync(volume, disk, RootStart);
    }

    private static Task<CommandResult> PutAsync(string volume, string disk, int startMiB) =>
        new Command("dd", "if=" + volume, "of=" + disk, "bs=1M", $"seek={startMiB}", "conv=notrunc,sparse", "status=none").RunAsync(Cancel);

    private const string Init = """
        #!/bin/sh
        export PATH=/usr/sbin:/usr/bin
        mount -t proc proc /proc
        mount -t sysfs sysfs /sys
        mount -t devtmpfs devtmpfs /dev
        for round in 1 2; do
            find /sys/devices -name modalias -exec cat {} + 2>/dev/null | sort -u | xargs modprobe -abq 2>/dev/null
        done
        modprobe -aq sd_mod ext4
        tries=0
        until root=$(findfs LABEL=labroot 2>/dev/null) || [ $tries = 60 ]; do
            sleep 0.5
            tries=$((tries + 1))
        done
        mkdir -p /mnt
        mount -o ro "$root" /mnt
        echo "lab linux: this is $(cat /mnt/name) on $root" >/dev/console
        busybox poweroff -f
        """;
}
