using System.Security.Cryptography;
using System.Text;
using OsDeploy.ImageBuilder.Media;
using OsDeploy.Storage;

namespace OsDeploy.ImageBuilder.Debian;

/// <summary>Packages of Debian in a folder: unpacked, so that nothing of them runs while the image is built, or installed, as a system that starts needs them.</summary>
/// <param name="Root">Where they are.</param>
/// <param name="Packages">Name and version of each, a line per package.</param>
/// <param name="Key">Of the packages and their versions.</param>
internal sealed record PackageTree(string Root, string Packages, string Key)
{
    private const string RootName = "root";
    private const string PackagesName = "packages.txt";
    private const int KeyDigits = 12;
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(60);

    // Documents and translations are most of the files, and nothing in the image reads them.
    private static readonly string[] s_unwanted = ["var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/i18n"];

    // The smallest system with apt; its packages' own scripts run in it.
    private static readonly string[] s_installed =
    [
        "--variant=minbase", "--aptopt=Apt::Install-Recommends \"false\"", "--dpkgopt=path-exclude=/usr/share/doc/*", "--dpkgopt=path-exclude=/usr/share/man/*", "--dpkgopt=path-exclude=/usr/share/locale/*",
    ];

    private static readonly string[] s_unpacked = ["--variant=extract"];

    /// <summary>The tree of the last time if the list is the same, else a new one.</summary>
    /// <param name="refresh">Asks the mirror in any case.</param>
    /// <exception cref="UserErrorException">There is no mirror, or it does not have them.</exception>
    public static Task<PackageTree> GetAsync(string cache, IReadOnlyList<string> packages, Func<DebianMirror> mirror, bool refresh, CancellationToken cancel) =>
        GetAsync(cache, "packages-", s_unpacked, packages, mirror, refresh, cancel);

    /// <summary>As <see cref="GetAsync(string, IReadOnlyList{string}, Func{DebianMirror}, bool, CancellationToken)"/>, for a system that starts.</summary>
    public static Task<PackageTree> InstallAsync(string cache, IReadOnlyList<string> packages, Func<DebianMirror> mirror, bool refresh, CancellationToken cancel) =>
        GetAsync(cache, "system-", s_installed, packages, mirror, refresh, cancel);

    private static async Task<PackageTree> GetAsync(
        string cache, string prefix, string[] variant, IReadOnlyList<string> packages, Func<DebianMirror> mirror, bool refresh, CancellationToken cancel)
    {
        Directory.CreateDirectory(cache);
        var current = Path.Combine(cache, prefix + KeyOf(string.Join('\n', packages.Order(StringComparer.Ordinal))));
        return !refresh && TryOpen(current) is { } cached ? cached : await FetchAsync(current, variant, packages, mirror(), cancel);
    }

    private static PackageTree? TryOpen(string current)
    {
        var list = Path.Combine(current, PackagesName);
        return File.Exists(list) && File.ReadAllText(list) is var versions ? new PackageTree(Path.Combine(current, RootName), versions, KeyOf(versions)) : null;
    }

    private static async Task<PackageTree> FetchAsync(string current, string[] variant, IReadOnlyList<string> packages, DebianMirror mirror, CancellationToken cancel)
    {
        var unpacked = Directory.CreateDirectory(DurableFile.TemporaryNameFor(current)).FullName;
        try
        {
            var root = Path.Combine(unpacked, RootName);
            await UnpackAsync(root, variant, packages, mirror, cancel);
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

    private static async Task UnpackAsync(string root, string[] variant, IReadOnlyList<string> packages, DebianMirror mirror, CancellationToken cancel)
    {
        var command = new Command(
            "env",
            [$"SOURCE_DATE_EPOCH={ToolTree.Epoch}", "LC_ALL=C", "mmdebstrap", .. variant, "--architectures=amd64", "--mode=root", "--skip=cleanup/apt", "--quiet", "--include=" + string.Join(',', packages), "trixie", root, "-"]).WithInput(mirror.ToSources()).WithDeadline(s_deadline);
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
