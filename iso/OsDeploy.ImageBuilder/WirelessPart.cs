using OsDeploy.Boot;
using OsDeploy.ImageBuilder.Debian;
using OsDeploy.ImageBuilder.Modules;
using OsDeploy.ImageBuilder.Tree;

namespace OsDeploy.ImageBuilder;

/// <summary>
/// What <c>osdeploy-client.iso</c> has for wireless cards, as a second archive that the kernel unpacks over the first one: modules, firmware,
/// wpa_supplicant. What starts over the network never has it.
/// </summary>
/// <param name="image">Packages of the image: the modules are those of its kernel.</param>
internal sealed class WirelessPart(BuildOptions options, SourceTree image)
{
    public const string Name = "wifi.img";

    private const string Firmware = "usr/lib/firmware/";
    private const string Definition = "wifi";

    private readonly BuildOptions _part = options with { Definition = Path.Combine(options.Definition, Definition) };

    /// <param name="work">An empty folder.</param>
    /// <returns>The archive, in that folder.</returns>
    /// <exception cref="UserErrorException">Something it is made of is missing.</exception>
    public async Task<string> BuildAsync(Func<DebianMirror> mirror, string work, CancellationToken cancel)
    {
        var unpacked = await PackageTree.GetAsync(options.Cache, _part.ListOf("packages.txt"), mirror, options.Refresh, cancel);
        var source = new SourceTree(unpacked.Root);
        var kernel = KernelModules.VersionIn(image);
        var (first, there) = await new ClientRoot(options, image).MakeAsync(kernel, NewFolder(work, "image"), cancel);

        // The index is of all modules, and takes the place of the one that is there.
        var modules = new ClientTree(image);
        var all = await new KernelModules(image, modules, kernel).AddAsync([.. options.ListOf("modules.txt"), .. _part.ListOf("modules.txt")], NewFolder(work, "modules"), cancel);
        var part = new ClientTree(source);
        new ClientRoot(_part, source).AddListed(part);
        await AddFirmwareAsync(source, part, await KernelModules.FirmwareOfAsync(image, kernel, all.Except(there), cancel), NewFolder(work, "firmware"), cancel);

        var tree = new ClientTree(source);
        var index = KernelModules.FolderOf(kernel) + "/modules.";
        foreach (var (name, entry) in part.Entries.Concat(modules.Entries).Where(pair => !first.Entries.ContainsKey(pair.Key) || pair.Key.StartsWith(index, StringComparison.Ordinal)))
        {
            tree.Put(name, entry);
        }

        tree.Put(StartMedium.WirelessBegun, new Entry.Written([], IsProgram: false));
        tree.Put(StartMedium.WirelessComplete, new Entry.Written([], IsProgram: false));
        var archive = Path.Combine(work, Name);
        await Initrd.PackAsync(tree, archive + ".cpio", archive, options.Level, cancel);
        return archive;
    }

    // Each file is packed by itself: the kernel unpacks what a card asks for, and the rest takes less memory.
    private async Task AddFirmwareAsync(SourceTree source, ClientTree part, IEnumerable<string> asked, string work, CancellationToken cancel)
    {
        var unwanted = _part.ListOf("firmware.txt");
        var present = source.FilesUnder(Firmware.TrimEnd('/')).Select(file => file[Firmware.Length..]).ToHashSet();
        var tree = new ClientTree(source);
        foreach (var name in FirmwareNames.Choose(asked.Where(name => !name.StartsWith("regulatory.db", StringComparison.Ordinal)).Concat(_part.ListOf("firmware-more.txt")), present)
            .Where(name => !unwanted.Any(start => name.StartsWith(start, StringComparison.Ordinal))))
        {
            tree.TryTake(Firmware + name);
        }

        foreach (var (name, entry) in tree.Entries)
        {
            switch (entry)
            {
                case Entry.Copied file:
                    var packed = Path.Combine(work, part.Entries.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
                    await Initrd.CompressAsync(file.Source, packed, options.Level, cancel);
                    part.Put(name + ".zst", new Entry.Copied(packed, IsProgram: false));
                    break;
                case Entry.Link link:
                    part.Put(name + ".zst", new Entry.Link(link.Target + ".zst"));
                    break;
            }
        }
    }

    private static string NewFolder(string work, string name) => Directory.CreateDirectory(Path.Combine(work, name)).FullName;
}
