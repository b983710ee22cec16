using System.Globalization;
using System.Text;
using OsDeploy.Boot;
using OsDeploy.ImageBuilder.Debian;
using OsDeploy.Storage;

namespace OsDeploy.ImageBuilder;

/// <summary>
/// Makes <c>osdeploy-client.iso</c> of a client build: for PCs that cannot be started over the network. One file for a stick and for a disc, for
/// BIOS and for UEFI with Secure Boot, where the firmware starts Debian's signed shim and GRUB from the EFI partition.
/// </summary>
internal sealed class ClientMedium(BuildOptions options, ClientBuild build, string folder)
{
    public const string Name = "osdeploy-client.iso";
    private const string Definition = "medium";
    private const string BiosLoader = "boot/grub/eltorito.img";
    private const int EfiSize = 8 << 20;

    // So many clusters that it is FAT16 to every firmware: sectors in all, heads, sectors of a track, sectors of a cluster.
    private static readonly string[] s_fat16 = ["-T", "16384", "-h", "64", "-s", "32", "-c", "2"];

    /// <param name="wireless">What wireless cards need, for those entries of the menu that have it.</param>
    /// <returns>Where it is.</returns>
    /// <exception cref="UserErrorException">Something it is made of is missing.</exception>
    public async Task<string> BuildAsync(string signedGrub, string wireless, Func<DebianMirror> mirror, CancellationToken cancel)
    {
        var unpacked = await PackageTree.GetAsync(options.Cache, options.ListOf(Definition + "/packages.txt"), mirror, options.Refresh, cancel);
        var tools = new ToolTree(unpacked.Root);
        var path = Path.Combine(Path.GetDirectoryName(options.Output)!, Name);
        var work = Directory.CreateDirectory(DurableFile.TemporaryNameFor(path)).FullName;
        try
        {
            var tree = Path.Combine(work, "tree");
            WriteTree(tree, wireless);
            await WriteBiosLoaderAsync(tools, work, tree, cancel);
            var partition = await WriteEfiPartitionAsync(tools, work, signedGrub, cancel);
            var made = Path.Combine(work, Name);
            await tools.RunAsync("xorriso", MediumOptions(tools, tree, partition, made), cancel);
            DurableFile.Publish(made, path); // commit point
            return path;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>The name of the volume: the appliance's own disks and sticks never bear it.</summary>
    internal static string LabelOf(string build) => StartMedium.LabelStart + build.ToUpperInvariant();

    internal static string MenuOf(string template, string build, string line) => string.Concat(template.Split('\n')
        .Where(text => !text.StartsWith('#') && text.Length > 0)
        .Select(text => text.Replace("@BUILD@", build + ".id", StringComparison.Ordinal)
            .Replace("@LINE@", line, StringComparison.Ordinal)
            .Replace("@WIFI@", StartMedium.WirelessMemory.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) + "\n"));

    private string Menu => MenuOf(File.ReadAllText(Path.Combine(options.Definition, Definition, "grub.cfg")), build.Id, build.CommandLine);

    private void WriteTree(string tree, string wireless)
    {
        Put(tree, $"osdeploy/{build.Id}.id", "");
        Put(tree, "boot/grub/grub.cfg", Menu);

        // By this file the signed GRUB finds the medium it came from.
        Put(tree, ".disk/info", $"osdeploy {build.Id}\n");
        File.Copy(Path.Combine(folder, ClientBuild.Kernel), Path.Combine(tree, "osdeploy", ClientBuild.Kernel));
        File.Copy(Path.Combine(folder, ClientBuild.Initrd), Path.Combine(tree, "osdeploy", ClientBuild.Initrd));
        File.Copy(wireless, Path.Combine(tree, "osdeploy", WirelessPart.Name));
    }

    private async Task WriteBiosLoaderAsync(ToolTree tools, string work, string tree, CancellationToken cancel)
    {
        Put(work, "early.cfg", $"search --no-floppy --set=root --file /osdeploy/{build.Id}.id\nset prefix=($root)/boot/grub\n");
        await tools.RunAsync("grub-mkimage",
        [
            "-O", "i386-pc-eltorito", "-d", tools.PathOf("usr/lib/grub/i386-pc"), "-p", "/boot/grub", "-c", Path.Combine(work, "early.cfg"),
            "-o", Path.Combine(tree, BiosLoader), .. options.ListOf(Definition + "/modules.txt"),
        ], cancel);
    }

    private async Task<string> WriteEfiPartitionAsync(ToolTree tools, string work, string signedGrub, CancellationToken cancel)
    {
        var files = Path.Combine(work, "EFI");
        Put(files, "BOOT/grub.cfg", Menu);
        foreach (var (name, source) in new[] { ("BOOTX64.EFI", Path.Combine(folder, ClientBuild.Loaders, "shimx64.efi")), ("mmx64.efi", Path.Combine(folder, ClientBuild.Loaders, "mmx64.efi")), ("grubx64.efi", signedGrub) })
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

        await tools.RunAsync("mformat", ["-i", image, "-N", build.Id[..8], .. s_fat16, "::"], cancel);
        await tools.RunAsync("mcopy", ["-m", "-s", "-i", image, files, "::"], cancel);
        return image;
    }

    private IEnumerable<string> MediumOptions(ToolTree tools, string tree, string partition, string made)
    {
        var date = DateTime.UnixEpoch.AddSeconds(ToolTree.Epoch).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "00";
        return
        [
            "-no_rc", "-as", "mkisofs", "-quiet", "-r", "-J", "-V", LabelOf(build.Id), "--modification-date=" + date, "--set_all_file_dates", date,
            "-b", BiosLoader, "-c", "boot/grub/boot.cat", "-no-emul-boot", "-boot-load-size", "4", "-boot-info-table", "--grub2-boot-info",
            "--grub2-mbr", tools.PathOf("usr/lib/grub/i386-pc/boot_hybrid.img"),
            "-append_partition", "2", "0xef", partition, "-appended_part_as_gpt",
            "-eltorito-alt-boot", "-e", "--interval:appended_partition_2:all::", "-no-emul-boot",
            "-o", made, tree,
        ];
    }

    private static void Put(string root, string name, string text)
    {
        var path = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
    }
}
