using OsDeploy.Boot;
using OsDeploy.ImageBuilder.Debian;
using OsDeploy.ImageBuilder.Modules;
using OsDeploy.ImageBuilder.Tree;
using OsDeploy.Storage;

namespace OsDeploy.ImageBuilder;

/// <summary>Makes a client build: a folder that is complete before it gets its name.</summary>
internal static class ClientImage
{
    private const string Current = "current";

    // Folders that are worked in, by how they begin.
    private static readonly string[] s_works = ["build", "wifi"];

    /// <exception cref="UserErrorException">Something it is made of is missing.</exception>
    public static async Task<(ClientBuild Build, string Folder)> BuildAsync(BuildOptions options, Action<string> say, CancellationToken cancel)
    {
        var packages = options.ListOf("packages.txt");
        var unpacked = await PackageTree.GetAsync(options.Cache, packages, () => MirrorOf(options, say), options.Refresh, cancel);
        Directory.CreateDirectory(options.Output);

        // What a build that was cut short has left.
        DurableTree.Clean(options.Output, s_works.SelectMany(name => Directory.GetDirectories(options.Output, name + ".*.tmp*")));
        var made = Directory.CreateDirectory(DurableFile.TemporaryNameFor(Path.Combine(options.Output, "build"))).FullName;
        var work = Directory.CreateDirectory(made + ".work").FullName;
        try
        {
            var build = await MakeAsync(options, unpacked, made, work, say, cancel);
            var folder = Path.Combine(options.Output, build.Id);

            // Commit points: the build's own name, then the name of the newest.
            DurableTree.Publish(made, folder);
            DurableTree.PointTo(Path.Combine(options.Output, Current), build.Id);
            return (build, folder);
        }
        finally
        {
            DurableTree.Clean(options.Output, [made, work]);
        }
    }

    /// <summary>The same kernel and initrd as a file for sticks and discs.</summary>
    /// <returns>Where it is.</returns>
    /// <inheritdoc cref="BuildAsync"/>
    public static async Task<string> BuildMediumAsync(BuildOptions options, ClientBuild build, string folder, Action<string> say, CancellationToken cancel)
    {
        const string signedGrub = "usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed";
        var unpacked = await PackageTree.GetAsync(options.Cache, options.ListOf("packages.txt"), () => MirrorOf(options, say), refresh: false, cancel);
        var source = new SourceTree(unpacked.Root);
        var grub = source.Resolve(signedGrub) ?? throw Errors.FileMissing(signedGrub, "packages.txt");
        var work = Directory.CreateDirectory(DurableFile.TemporaryNameFor(Path.Combine(options.Output, "wifi"))).FullName;
        try
        {
            var wireless = await new WirelessPart(options, source).BuildAsync(() => MirrorOf(options, say), work, cancel);
            return await new ClientMedium(options, build, folder).BuildAsync(source.FullPath(grub), wireless, () => MirrorOf(options, say), cancel);
        }
        finally
        {
            DurableTree.Clean(options.Output, [work]);
        }
    }

    private static DebianMirror MirrorOf(BuildOptions options, Action<string> say)
    {
        var mirror = DebianMirror.Choose(options.Mirror, options.Mirror is null ? AptSources.OfThisComputer() : []);
        say($"Fetching packages of Debian 13 from {Text.Printable.Of(mirror.Main)}.");
        return mirror;
    }

    private static async Task<ClientBuild> MakeAsync(BuildOptions options, PackageTree unpacked, string made, string work, Action<string> say, CancellationToken cancel)
    {
        var source = new SourceTree(unpacked.Root);
        var kernel = KernelModules.VersionIn(source);
        var root = new ClientRoot(options, source);
        var (tree, modules) = await root.MakeAsync(kernel, work, cancel);
        Copy(source.FullPath("boot/vmlinuz-" + kernel), Path.Combine(made, ClientBuild.Kernel));
        Directory.CreateDirectory(Path.Combine(made, ClientBuild.Loaders));
        foreach (var (name, path) in root.Loaders())
        {
            Copy(path, Path.Combine(made, ClientBuild.Loaders, name));
        }

        say($"Packing {tree.Entries.Count} files and {modules.Count} modules of kernel {kernel}.");
        await Initrd.PackAsync(tree, Path.Combine(work, "initrd.cpio"), Path.Combine(made, ClientBuild.Initrd), options.Level, cancel);
        Sync(Path.Combine(made, ClientBuild.Initrd));
        DurableFile.Write(Path.Combine(made, "packages.txt"), System.Text.Encoding.UTF8.GetBytes(unpacked.Packages), overwrite: true);
        DurableFile.Write(Path.Combine(made, "modules.txt"), System.Text.Encoding.UTF8.GetBytes(string.Concat(modules.Select(module => module + "\n"))), overwrite: true);
        var build = await ClientBuild.DescribeAsync(made, kernel, string.Join(' ', options.ListOf("command-line.txt")), cancel);
        DurableFile.Write(Path.Combine(made, ClientBuild.Description), build.ToBytes(), overwrite: true);
        return build;
    }

    private static void Copy(string file, string copy)
    {
        File.Copy(file, copy);
        File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Sync(copy);
    }

    private static void Sync(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
        DurableFile.Sync(handle, file);
    }
}
