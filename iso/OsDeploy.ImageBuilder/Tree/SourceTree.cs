namespace OsDeploy.ImageBuilder.Tree;

/// <summary>
/// Files of the unpacked packages, as a computer that had them as its root would see them: links stay inside, also those that begin at the root.
/// </summary>
/// <param name="root">Folder on this computer.</param>
internal sealed class SourceTree(string root)
{
    private const int MostLinks = 40;

    /// <summary>Where such a path lies on this computer.</summary>
    public string FullPath(string path) => Path.Combine(root, path);

    /// <summary>The same path without links in its folders; the last part may be one.</summary>
    /// <returns>Null if a folder of it does not exist.</returns>
    public string? WithoutLinkedFolders(string path) => Resolve(path, followsLast: false);

    /// <returns>A file or folder that is no link; null: there is none.</returns>
    public string? Resolve(string path) => Resolve(path, followsLast: true);

    /// <summary>Where a link leads; null: it is none.</summary>
    public string? TargetOf(string path) => new FileInfo(FullPath(path)).LinkTarget;

    public bool Exists(string path) => Resolve(path) is not null;

    /// <summary>Names in a folder, in order.</summary>
    public IEnumerable<string> FilesUnder(string folder) => Directory.EnumerateFiles(FullPath(folder), "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(root, file))
        .Order(StringComparer.Ordinal);

    private string? Resolve(string path, bool followsLast)
    {
        var (left, seen, links) = (new Stack<string>(Parts(path).Reverse()), new List<string>(), 0);
        while (left.TryPop(out var part))
        {
            if (part == "..")
            {
                seen.RemoveRange(Math.Max(0, seen.Count - 1), Math.Min(1, seen.Count));
                continue;
            }

            var here = string.Join('/', seen.Append(part));
            if (TargetOf(here) is { } target && (left.Count > 0 || followsLast))
            {
                if (++links > MostLinks)
                {
                    return null;
                }

                if (target.StartsWith('/'))
                {
                    seen.Clear();
                }

                foreach (var next in Parts(target).Reverse())
                {
                    left.Push(next);
                }

                continue;
            }

            seen.Add(part);
        }

        var resolved = string.Join('/', seen);
        return Path.Exists(FullPath(resolved)) || TargetOf(resolved) is not null ? resolved : null;
    }

    private static IEnumerable<string> Parts(string path) => path.Split('/').Where(part => part.Length > 0 && part != ".");
}
