namespace OsDeploy.ImageBuilder.Tree;

/// <summary>The root of a PC that runs the client image: names and where their content comes from, in the order in which they are packed.</summary>
internal sealed class ClientTree(SourceTree source)
{
    private readonly SortedDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Entry> Entries => _entries;

    /// <summary>Takes a file of the packages under its own name, with the links that lead to it and what it leads to.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryTake(string path)
    {
        if (source.WithoutLinkedFolders(path) is not { } name || !source.Exists(name))
        {
            return false;
        }

        if (source.TargetOf(name) is not { } target)
        {
            Put(name, new Entry.Copied(source.FullPath(name), IsProgram(source.FullPath(name))));
            return true;
        }

        Put(name, new Entry.Link(target));
        return TryTake(target.StartsWith('/') ? target : $"{Path.GetDirectoryName(name)}/{target}");
    }

    /// <summary>What lies under the name afterwards is this; folders above it come into being.</summary>
    public void Put(string name, Entry entry)
    {
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            _entries.TryAdd(name[..slash], new Entry.Folder());
        }

        _entries[name] = entry;
    }

    /// <summary>Copies a folder of this computer.</summary>
    public void PutFolder(string folder, string under, Func<string, bool> isWanted)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, file);
            if (isWanted(name))
            {
                Put(
                    under.Length == 0 ? name : under + "/" + name,
                    new FileInfo(file).LinkTarget is { } target ? new Entry.Link(target) : new Entry.Copied(file, IsProgram(file)));
            }
        }
    }

    private static bool IsProgram(string file) => File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute);
}
