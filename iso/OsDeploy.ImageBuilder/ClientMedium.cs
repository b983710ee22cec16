using System.Globalization;
using OsDeploy.Boot;
using OsDeploy.ImageBuilder.Debian;
using OsDeploy.ImageBuilder.Media;
using OsDeploy.Storage;

namespace OsDeploy.ImageBuilder;

/// <summary>Makes <c>osdeploy-client.iso</c> of a client build: for PCs that cannot be started over the network.</summary>
internal sealed class ClientMedium(BuildOptions options, ClientBuild build, string folder)
{
    public const string Name = "osdeploy-client.iso";
    private const string Definition = "medium";

    /// <param name="wireless">What wireless cards need, for those entries of the menu that have it.</param>
    /// <returns>Where it is.</returns>
    /// <exception cref="UserErrorException">Something it is made of is missing.</exception>
    public async Task<string> BuildAsync(string signedGrub, string wireless, Func<DebianMirror> mirror, CancellationToken cancel)
    {
        var unpacked = await PackageTree.GetAsync(options.Cache, options.ListOf(Definition + "/packages.txt"), mirror, options.Refresh, cancel);
        var path = Path.Combine(Path.GetDirectoryName(options.Output)!, Name);
        var work = Directory.CreateDirectory(DurableFile.TemporaryNameFor(path)).FullName;
        try
        {
            var loaders = Path.Combine(folder, ClientBuild.Loaders);
            var medium = new HybridMedium(
                new ToolTree(unpacked.Root), new SignedLoaders(Path.Combine(loaders, "shimx64.efi"), Path.Combine(loaders, "mmx64.efi"), signedGrub), work);
            var files = Directory.CreateDirectory(Path.Combine(medium.Tree, "osdeploy")).FullName;
            File.Copy(Path.Combine(folder, ClientBuild.Kernel), Path.Combine(files, ClientBuild.Kernel));
            File.Copy(Path.Combine(folder, ClientBuild.Initrd), Path.Combine(files, ClientBuild.Initrd));
            File.Copy(wireless, Path.Combine(files, WirelessPart.Name));
            var menu = MenuOf(await File.ReadAllTextAsync(Path.Combine(options.Definition, Definition, "grub.cfg"), cancel), build.Id, build.CommandLine);
            DurableFile.Publish(await medium.WriteAsync(new MediumPlan(build.Id, LabelOf(build.Id), menu, options.ListOf(Definition + "/modules.txt")), cancel), path); // commit point
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
}
