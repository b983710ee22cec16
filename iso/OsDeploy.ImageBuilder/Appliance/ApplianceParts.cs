using System.Security.Cryptography;
using System.Text;
using OsDeploy.ImageBuilder.Debian;
using OsDeploy.ImageBuilder.Media;
using OsDeploy.Storage;
using OsDeploy.SystemImages;

namespace OsDeploy.ImageBuilder.Appliance;

/// <summary>
/// The two file systems that the appliance runs from, one over the other: Debian, which changes seldom and is kept, and what is osdeploy's own.
/// </summary>
internal sealed class ApplianceParts(ApplianceOptions options, ToolTree tools)
{
    /// <summary>The packages; on the appliance what is in the other one lies over it.</summary>
    public const string System = SystemFiles.Debian;

    public const string Own = SystemFiles.Own;

    private const string Library = "usr/lib/osdeploy";
    private const int KeyDigits = 12;

    // What may listen: the appliance compares itself with it.
    private const string Sockets = "sockets.txt";

    // Nobody on the appliance becomes somebody else by starting a program.
    private const string WithoutRights = "chmod(u-s,g-s)@type(f)";

    // By the name of the folder under artifacts, and of the program in it.
    private static readonly (string Folder, string Program)[] s_programs = [("program", "osdeploy"), ("daemon", "osdeployd"), ("helper", "osdeploy-helper")];

    /// <summary>The packages without what the appliance does not need; that of the last time if nothing has changed.</summary>
    /// <exception cref="UserErrorException"><c>tool-failed</c></exception>
    public async Task<string> MakeSystemAsync(PackageTree packages, CancellationToken cancel)
    {
        var leftOut = options.ListOf("left-out.txt");
        var path = Path.Combine(options.Cache, $"system-{KeyOf($"{packages.Key} {options.Level} {WithoutRights} {string.Join('\n', leftOut)}")}.squashfs");
        if (!File.Exists(path))
        {
            await SquashAsync(packages.Root, path, ["-action", WithoutRights, "-wildcards", "-e", .. leftOut], cancel);
        }

        return path;
    }

    /// <summary>Programs, client build, configuration.</summary>
    /// <param name="work">An empty folder.</param>
    /// <param name="signing">Whose signatures it will believe.</param>
    /// <returns>A file in it.</returns>
    /// <exception cref="UserErrorException"><c>program-missing</c>, <c>client-missing</c>, <c>tool-failed</c></exception>
    public async Task<string> MakeOwnAsync(string work, SigningKey signing, CancellationToken cancel)
    {
        var tree = Path.Combine(work, "own");
        CopyFolder(Path.Combine(options.Definition, "overlay"), tree);
        var programs = Directory.CreateDirectory(Path.Combine(tree, "usr/bin")).FullName;
        foreach (var (folder, program) in s_programs)
        {
            var published = Path.Combine(options.Artifacts, folder);
            if (!File.Exists(Path.Combine(published, program)))
            {
                throw Errors.ProgramMissing(Path.Combine(published, program));
            }

            CopyFolder(published, Path.Combine(tree, Library, folder), name => Path.GetExtension(name) is not (".pdb" or ".xml" or ".json"));
            File.CreateSymbolicLink(Path.Combine(programs, program), $"../lib/osdeploy/{folder}/{program}");
        }

        CopyFolder(ClientFolder(), Path.Combine(tree, Library, "client"));
        await File.WriteAllTextAsync(Path.Combine(tree, BuildVersion.PathOnAppliance[1..]), BuildVersion.TextOf(options.Version, signing.IsDevelopment), cancel);
        await File.WriteAllTextAsync(Path.Combine(tree, SystemFiles.KeyPath[1..]), signing.PublicKey, cancel);
        File.Copy(Path.Combine(options.Definition, Sockets), Path.Combine(tree, Library, Sockets));
        var path = Path.Combine(work, Own);
        await SquashAsync(tree, path, [], cancel);
        return path;
    }

    private string ClientFolder() =>
        new DirectoryInfo(Path.Combine(options.Artifacts, "client/current")).ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } folder && Directory.Exists(folder)
            ? folder
            : throw Errors.ClientMissing();

    // Commit point: the name, once it is complete.
    private async Task SquashAsync(string tree, string path, IEnumerable<string> more, CancellationToken cancel)
    {
        var made = DurableFile.TemporaryNameFor(path);
        try
        {
            await tools.RunAsync(
                "mksquashfs",
                [
                    tree, made, "-comp", "zstd", "-Xcompression-level", Numbers(options.Level), "-b", "256K", "-noappend", "-quiet", "-no-progress", "-all-root",
                    .. more,
                ],
                cancel);
            DurableFile.Publish(made, path);
        }
        finally
        {
            File.Delete(made);
        }
    }

    private static void CopyFolder(string folder, string copy, Func<string, bool>? isWanted = null)
    {
        Directory.CreateDirectory(copy);
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(copy, entry.Name);
            if (entry.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(target, link);
            }
            else if (entry is DirectoryInfo)
            {
                CopyFolder(entry.FullName, target, isWanted);
            }
            else if (isWanted?.Invoke(entry.Name) != false)
            {
                File.Copy(entry.FullName, target);
            }
        }
    }

    private static string Numbers(int number) => number.ToString(global::System.Globalization.CultureInfo.InvariantCulture);

    private static string KeyOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..KeyDigits];
}
