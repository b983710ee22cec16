using Mono.Unix;
using Mono.Unix.Native;

namespace OsDeploy.Personalisation;

/// <summary>
/// The files of a mounted volume, by paths with slashes from its root. A link in it leads to where it would lead on its own computer, never
/// out of the volume.
/// </summary>
/// <param name="root">Where it is mounted.</param>
/// <param name="ignoresCase">As Windows does; then links are not followed.</param>
internal sealed class VolumeTree(string root, bool ignoresCase)
{
    private const int MostLinks = 16;

    public string Root { get; } = root;

    public bool IsWindows { get; } = ignoresCase;

    /// <summary>Its file system knows who may read a file.</summary>
    public bool KeepsRights { get; init; } = true;

    /// <summary>Where a file or folder is on this computer; null: there is none.</summary>
    public string? Find(string path) => Resolve(path) is { } place && Exists(place.Path) && place.IsWhole ? place.Path : null;

    /// <summary>Where it would be: with the spelling of what is there, the rest as asked for.</summary>
    public string PlaceOf(string path) => Resolve(path)?.Path ?? throw PersonalErrors.LeadsNowhere(path);

    public byte[]? TryRead(string path, int most) => Find(path) is { } file && File.Exists(file) && new FileInfo(file).Length <= most ? File.ReadAllBytes(file) : null;

    /// <summary>Files below a folder, as paths from the root; none if it is not there.</summary>
    public IEnumerable<string> FilesIn(string folder) => Find(folder) is { } place && Directory.Exists(place)
        ? Directory.EnumerateFiles(place).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)
        : [];

    private static bool Exists(string path) => Syscall.lstat(path, out _) == 0;

    private static bool IsLink(string path) => Syscall.lstat(path, out var stat) == 0 && (stat.st_mode & FilePermissions.S_IFMT) == FilePermissions.S_IFLNK;

    private Resolved? Resolve(string path)
    {
        var left = new Stack<string>(PartsOf(path).Reverse());
        var (at, links) = (Root, 0);
        while (left.TryPop(out var part))
        {
            if (part == "..")
            {
                at = at == Root ? Root : Path.GetDirectoryName(at)!;
                continue;
            }

            if (Child(at, part) is not { } child)
            {
                var rest = left.Prepend(part).ToList();
                return rest.Contains("..") ? null : new Resolved(Path.Combine([at, .. rest]), IsWhole: false);
            }

            if (!IsLink(child))
            {
                at = child;
                continue;
            }

            if (IsWindows || ++links > MostLinks)
            {
                return null;
            }

            var target = UnixPath.ReadLink(child);
            at = target.StartsWith('/') ? Root : at;
            foreach (var step in PartsOf(target).Reverse())
            {
                left.Push(step);
            }
        }

        return new Resolved(at, IsWhole: true);
    }

    // The exact name first: on NTFS two names may differ by their case alone.
    private string? Child(string folder, string name)
    {
        var exact = Path.Combine(folder, name);
        return Exists(exact) ? exact
            : IsWindows && Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(entry => string.Equals(Path.GetFileName(entry), name, StringComparison.OrdinalIgnoreCase))
            : null;
    }

    private static IEnumerable<string> PartsOf(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");

    private sealed record Resolved(string Path, bool IsWhole);
}
