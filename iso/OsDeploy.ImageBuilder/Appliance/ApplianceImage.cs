using System.Security.Cryptography;
using System.Text;
using OsDeploy.ImageBuilder.Debian;
using OsDeploy.ImageBuilder.Media;
using OsDeploy.Storage;
using OsDeploy.SystemImages;
using OsDeploy.Text;

namespace OsDeploy.ImageBuilder.Appliance;

/// <summary>Makes <c>osdeploy.iso</c>: the whole appliance, started from a stick or a disc, or in a virtual machine.</summary>
internal sealed class ApplianceImage(ApplianceOptions options, Action<string> say)
{
    public const string Name = "osdeploy.iso";

    /// <summary>What it is made of: name and version of each package.</summary>
    public const string BillOfMaterials = "osdeploy.iso.packages.txt";

    // As StartMedium has it: the appliance's stick is no disk to be offered.
    private const string LabelStart = OsDeploy.Boot.StartMedium.LabelStart + "SERVER_";
    private const int IdDigits = 16;

    /// <returns>Where it is.</returns>
    /// <exception cref="UserErrorException">Something it is made of is missing.</exception>
    public async Task<string> BuildAsync(CancellationToken cancel)
    {
        var system = await PackageTree.InstallAsync(options.Cache, options.ListOf("packages.txt"), Mirror, options.Refresh, cancel);
        var tooling = await PackageTree.GetAsync(options.Cache, options.ListOf("medium/packages.txt"), Mirror, options.Refresh, cancel);
        var (tools, source) = (new ToolTree(tooling.Root), new Tree.SourceTree(tooling.Root));
        var path = Path.Combine(options.Artifacts, Name);
        var work = Directory.CreateDirectory(DurableFile.TemporaryNameFor(path)).FullName;
        try
        {
            say("Packing the appliance.");
            var parts = new ApplianceParts(options, tools);
            var signing = SigningKey.Of(options);
            var (debian, own) = (await parts.MakeSystemAsync(system, cancel), await parts.MakeOwnAsync(work, signing, cancel));
            var medium = new HybridMedium(tools, LoadersIn(source), Directory.CreateDirectory(Path.Combine(work, "medium")).FullName);
            var (kernel, initrd) = (OneOf(system.Root, "vmlinuz-*"), OneOf(system.Root, "initrd.img-*"));
            var id = await IdOfAsync([debian, own, kernel, initrd], cancel);
            Fill(medium.Tree, id, debian, own, kernel, initrd);
            await new SystemFolder(options, tools, source).CompleteAsync(Path.Combine(medium.Tree, SystemFiles.Folder, id), id, signing, cancel);
            var plan = new MediumPlan(id, LabelStart + id.ToUpperInvariant()[..8], MenuOf(id), options.ListOf("medium/modules.txt"));
            DurableFile.Write(Path.Combine(options.Artifacts, BillOfMaterials), Encoding.UTF8.GetBytes(system.Packages), overwrite: true);
            DurableFile.Publish(await medium.WriteAsync(plan, cancel), path); // commit point
            return path;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private DebianMirror Mirror()
    {
        var mirror = DebianMirror.Choose(options.Mirror, options.Mirror is null ? AptSources.OfThisComputer() : []);
        say($"Fetching packages of Debian 13 from {Printable.Of(mirror.Main)}.");
        return mirror;
    }

    private static SignedLoaders LoadersIn(Tree.SourceTree source)
    {
        string Need(string path) => source.Resolve(path) is { } file ? source.FullPath(file) : throw Errors.FileMissing(path, "medium/packages.txt");
        return new SignedLoaders(Need("usr/lib/shim/shimx64.efi.signed"), Need("usr/lib/shim/mmx64.efi.signed"), Need("usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed"));
    }

    private static string OneOf(string root, string pattern) =>
        Directory.GetFiles(Path.Combine(root, "boot"), pattern) is [var only] ? only : throw Errors.FileMissing("boot/" + pattern, "packages.txt");

    // The system is started from the folder of that name: a PC with two sticks in it does not mix them.
    private static void Fill(string tree, string id, string system, string own, string kernel, string initrd)
    {
        var folder = Directory.CreateDirectory(Path.Combine(tree, "osdeploy", id)).FullName;
        File.Copy(system, Path.Combine(folder, ApplianceParts.System));
        File.Copy(own, Path.Combine(folder, ApplianceParts.Own));

        File.WriteAllText(Path.Combine(folder, SystemFiles.LayerList), SystemFiles.Layers);
        File.Copy(kernel, Path.Combine(folder, SystemFiles.Kernel));
        File.Copy(initrd, Path.Combine(folder, SystemFiles.Initrd));
    }

    private string MenuOf(string id)
    {
        var line = string.Join(' ', options.ListOf("command-line.txt").Append("live-media-path=osdeploy/" + id));
        return ClientMedium.MenuOf(File.ReadAllText(Path.Combine(options.Definition, "medium/grub.cfg")), id, line).Replace("@ID@", id, StringComparison.Ordinal);
    }

    private static async Task<string> IdOfAsync(IEnumerable<string> files, CancellationToken cancel)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            await using var stream = File.OpenRead(file);
            all.AppendData(await SHA256.HashDataAsync(stream, cancel));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset())[..IdDigits];
    }
}
