using System.Globalization;
using System.Text;

namespace OsDeploy.ImageBuilder.Media;

/// <summary>
/// One file for a stick and for a disc, for BIOS and for UEFI with Secure Boot, where the firmware starts Debian's signed shim and GRUB from the
/// EFI partition.
/// </summary>
/// <param name="work">A folder of its own.</param>
internal sealed class HybridMedium(ToolTree tools, SignedLoaders loaders, string work)
{
    private const string BiosLoader = "boot/grub/eltorito.img";
    private const int EfiSize = 8 << 20;

    // So many clusters that it is FAT16 to every firmware: sectors in all, heads, sectors of a track, sectors of a cluster.
    private static readonly string[] s_fat16 = ["-T", "16384", "-h", "64", "-s", "32", "-c", "2"];

    /// <summary>What is on it besides the loaders.</summary>
    public string Tree { get; } = Directory.CreateDirectory(Path.Combine(work, "tree")).FullName;

    /// <returns>The file, in the folder of its own.</returns>
    /// <exception cref="UserErrorException"><c>tool-failed</c></exception>
    public async Task<string> WriteAsync(MediumPlan plan, CancellationToken cancel)
    {
        Put(Tree, $"osdeploy/{plan.Id}.id", "");
        Put(Tree, "boot/grub/grub.cfg", plan.Menu);

        // By this file the signed GRUB finds the medium it came from.
        Put(Tree, ".disk/info", $"osdeploy {plan.Id}\n");
        await WriteBiosLoaderAsync(plan, cancel);
        var partition = await WriteEfiPartitionAsync(plan, cancel);
        var made = Path.Combine(work, "medium.iso");
        await tools.RunAsync("xorriso", OptionsOf(plan, partition, made), cancel);
        return made;
    }

    private static void Put(string root, string name, string text)
    {
        var path = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
    }

    private async Task WriteBiosLoaderAsync(MediumPlan plan, CancellationToken cancel)
    {
        Put(work, "early.cfg", $"search --no-floppy --set=root --file /osdeploy/{plan.Id}.id\nset prefix=($root)/boot/grub\n");
        await tools.RunAsync("grub-mkimage",
        [
            "-O", "i386-pc-eltorito", "-d", tools.PathOf("usr/lib/grub/i386-pc"), "-p", "/boot/grub", "-c", Path.Combine(work, "early.cfg"),
            "-o", Path.Combine(Tree, BiosLoader), .. plan.BiosModules,
        ], cancel);
    }

    private async Task<string> WriteEfiPartitionAsync(MediumPlan plan, CancellationToken cancel)
    {
        var files = Path.Combine(work, "EFI");
        Put(files, "BOOT/grub.cfg", plan.Menu);
        foreach (var (name, source) in new[] { ("BOOTX64.EFI", loaders.Shim), ("mmx64.efi", loaders.KeyManager), ("grubx64.efi", loaders.Grub) })
        {
            File.Copy(source, Path.Combine(files, "BOOT", name));
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(files, "*", SearchOption.AllDirectories).Append(files))
        {
            File.SetLastWriteTimeUtc(entry, DateTime.UnixEpoch.AddSeconds(ToolTree.Epoch));
        }

        var image = Path.Combine(work, "efi.img");
        await using (var file = File.Create(image))
        {
            file.SetLength(EfiSize);
        }

        await tools.RunAsync("mformat", ["-i", image, "-N", plan.Id[..8], .. s_fat16, "::"], cancel);
        await tools.RunAsync("mcopy", ["-m", "-s", "-i", image, files, "::"], cancel);
        return image;
    }

    private IEnumerable<string> OptionsOf(MediumPlan plan, string partition, string made)
    {
        var date = DateTime.UnixEpoch.AddSeconds(ToolTree.Epoch).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "00";
        return
        [
            "-no_rc", "-as", "mkisofs", "-quiet", "-r", "-J", "-V", plan.Label, "--modification-date=" + date, "--set_all_file_dates", date,
            "-b", BiosLoader, "-c", "boot/grub/boot.cat", "-no-emul-boot", "-boot-load-size", "4", "-boot-info-table", "--grub2-boot-info",
            "--grub2-mbr", tools.PathOf("usr/lib/grub/i386-pc/boot_hybrid.img"),
            "-append_partition", "2", "0xef", partition, "-appended_part_as_gpt",
            "-eltorito-alt-boot", "-e", "--interval:appended_partition_2:all::", "-no-emul-boot",
            "-o", made, Tree,
        ];
    }
}
