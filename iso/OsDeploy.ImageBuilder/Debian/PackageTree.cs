using System.Security.Cryptography;
using System.Text;
using OsDeploy.Storage;

namespace OsDeploy.ImageBuilder.Debian;

/// <summary>Packages of Debian, unpacked and not installed: nothing of them runs while the image is built.</summary>
/// <param name="Root">Where they are unpacked.</param>
/// <param name="Packages">Name and version of each, a line per package.</param>
internal sealed record PackageTree(string Root, string Packages)
{
    private const string RootName = "root";
    private const string PackagesName = "packages.txt";
    private const int KeyDigits = 12;
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(60);

    // Documents and translations are most of the files, and nothing in the image reads them.
    private static readonly string[] s_unwanted = ["var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/i18n"];

    /// <summary>The tree of the last time if the list is the same, else a new one.</summary>
    /// <param name="refresh">Asks the mirror in any case.</param>
    /// <exception cref="UserErrorException">There is no mirror, or it does not have them.</exception>
    public static async Task<PackageTree> GetAsync(string cache, IReadOnlyList<string> packages, Func<DebianMirror> mirror, bool refresh, CancellationToken cancel)
    {
        Directory.CreateDirectory(cache);
        var current = Path.Combine(cache, "packages-" + KeyOf(string.Join('\n', packages.Order(StringComparer.Ordinal))));
        return !refresh && TryOpen(current) is { } cached ? cached : await FetchAsync(cache, current, packages, mirror(), cancel);
    }

    private static PackageTree? TryOpen(string current)
    {
        var list = Path.Combine(current, PackagesName);
        return File.Exists(list) ? new PackageTree(Path.Combine(current, RootName), File.ReadAllText(list)) : null;
    }

    private static async Task<PackageTree> FetchAsync(string cache, string current, IReadOnlyList<string> packages, DebianMirror mirror, CancellationToken cancel)
    {
        var unpacked = Directory.CreateDirectory(DurableFile.TemporaryNameFor(Path.Combine(cache, "packages"))).FullName;
        try
        {
            var root = Path.Combine(unpacked, RootName);
            await UnpackAsync(root, packages, mirror, cancel);
            var versions = string.Concat(VersionsIn(Path.Combine(root, "var/cache/apt/archives")).Select(line => line + "\n"));
            DurableTree.Clean(root, s_unwanted);
            await File.WriteAllTextAsync(Path.Combine(unpacked, PackagesName), versions, cancel);

            // Commit point: the name under which the next build looks.
            var resolved = current + "." + KeyOf(versions);
            DurableTree.Publish(unpacked, resolved);
            DurableTree.PointTo(current, Path.GetFileName(resolved));
            return TryOpen(current)!;
        }
        finally
        {
            if (Directory.Exists(unpacked))
            {
                Directory.Delete(unpacked, recursive: true);
            }
        }
    }

    private static async Task UnpackAsync(string root, IReadOnlyList<string> packages, DebianMirror mirror, CancellationToken cancel)
    {
        var command = new Command(
            "mmdebstrap",
            "--variant=extract", "--architectures=amd64", "--mode=root", "--skip=cleanup/apt", "--quiet",
            "--include=" + string.Join(',', packages), "trixie", root, "-").WithInput(mirror.ToSources()).WithDeadline(s_deadline);
        try
        {
            await command.RunAsync(cancel);
        }
        catch (UserErrorException e) when (e.Code == "tool-failed")
        {
            throw Errors.PackagesNotFetched(e);
        }
    }

    // NAME_VERSION_ARCHITECTURE.deb, with an epoch's colon as apt writes it in names of files.
    private static IEnumerable<string> VersionsIn(string archives) => Directory.EnumerateFiles(archives, "*.deb")
        .Select(file => Path.GetFileName(file).Split('_'))
        .Where(parts => parts.Length == 3)
        .Select(parts => $"{parts[0]} {Uri.UnescapeDataString(parts[1])}")
        .Order(StringComparer.Ordinal);

    private static string KeyOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..KeyDigits];
}
