using OsDeploy.ImageBuilder.Tree;

namespace OsDeploy.ImageBuilder.Modules;

/// <summary>Puts modules, their indexes and their firmware into a tree. Modules stay compressed and so keep the signature they were given.</summary>
internal sealed class KernelModules(SourceTree source, ClientTree tree, string version)
{
    private const string Firmware = "usr/lib/firmware/";
    private static readonly string[] s_lists = ["modules.order", "modules.builtin", "modules.builtin.modinfo"];

    private readonly string _folder = FolderOf(version);

    public static string FolderOf(string version) => "usr/lib/modules/" + version;

    /// <param name="root">Of the packages.</param>
    /// <exception cref="UserErrorException"><c>kernel-count</c></exception>
    public static string VersionIn(SourceTree root)
    {
        var folder = root.FullPath("usr/lib/modules");
        var versions = Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
        return versions is [var only] ? Path.GetFileName(only) : throw Errors.KernelCount(versions.Length);
    }

    /// <returns>Paths of the modules below the kernel's folder.</returns>
    /// <exception cref="UserErrorException"><c>module-missing</c></exception>
    public async Task<IReadOnlyList<string>> AddAsync(IReadOnlyList<string> names, string work, CancellationToken cancel)
    {
        var modules = await ClosureAsync(names, work, cancel);
        foreach (var module in modules)
        {
            tree.TryTake($"{_folder}/{module}");
        }

        foreach (var index in await IndexAsync(modules, Path.Combine(work, "chosen"), cancel))
        {
            tree.Put($"{_folder}/{Path.GetFileName(index)}", new Entry.Copied(index, IsProgram: false));
        }

        return modules;
    }

    /// <summary>Adds the firmware that these modules ask for; what Debian does not have they do without.</summary>
    /// <param name="unwanted">Beginnings of names that are left out.</param>
    public async Task AddFirmwareAsync(IReadOnlyList<string> modules, IReadOnlyList<string> unwanted, CancellationToken cancel)
    {
        foreach (var name in (await FirmwareOfAsync(source, version, modules, cancel)).Where(name => !unwanted.Any(start => name.StartsWith(start, StringComparison.Ordinal))))
        {
            tree.TryTake(Firmware + name);
        }
    }

    /// <summary>Names of the firmware that modules ask for; there may be patterns among them.</summary>
    /// <param name="modules">Below the kernel's folder.</param>
    public static async Task<IReadOnlyList<string>> FirmwareOfAsync(SourceTree source, string version, IEnumerable<string> modules, CancellationToken cancel)
    {
        var said = await new Command("modinfo", ["-F", "firmware", .. modules.Select(module => source.FullPath($"{FolderOf(version)}/{module}"))]).RunAsync(cancel);
        return [.. said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal)];
    }

    // The packages were not installed, so nobody has made an index of all modules.
    private async Task<IReadOnlyList<string>> ClosureAsync(IReadOnlyList<string> names, string work, CancellationToken cancel)
    {
        var all = source.FilesUnder(_folder).Select(file => Path.GetRelativePath(_folder, file)).Where(file => file.StartsWith("kernel/", StringComparison.Ordinal)).ToList();
        var folder = Path.GetDirectoryName((await IndexAsync(all, Path.Combine(work, "all"), cancel))[0])!;
        string TextOf(string name) => File.ReadAllText(Path.Combine(folder, name));
        return new ModuleIndex(TextOf("modules.dep"), TextOf("modules.softdep"), TextOf("modules.builtin")).Closure(names);
    }

    private async Task<IReadOnlyList<string>> IndexAsync(IReadOnlyList<string> modules, string work, CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(Path.Combine(work, "lib/modules", version)).FullName;
        foreach (var file in modules.Concat(s_lists))
        {
            var copy = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(source.FullPath($"{_folder}/{file}"), copy);
        }

        await new Command("depmod", "-b", work, version).RunAsync(cancel);
        return [.. Directory.EnumerateFiles(folder, "modules.*").Order(StringComparer.Ordinal)];
    }
}
