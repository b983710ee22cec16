using OsDeploy.Storage;

namespace OsDeploy.ImageBuilder;

/// <summary>Folders that get their name when they are complete.</summary>
internal static class DurableTree
{
    /// <summary>
    /// Gives a complete folder its name; one that has the name already has the same content, and stays. Commit point: the rename.
    /// </summary>
    public static void Publish(string complete, string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(complete, recursive: true);
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(complete).Prepend(complete))
        {
            DurableFile.SyncFolder(folder);
        }

        DurableFile.Publish(complete, path);
    }

    /// <summary>A symbolic link that is never missing while it changes.</summary>
    public static void PointTo(string link, string target)
    {
        var next = DurableFile.TemporaryNameFor(link);
        File.CreateSymbolicLink(next, target);
        DurableFile.Publish(next, link);
    }

    /// <summary>Removes folders of a tree.</summary>
    public static void Clean(string root, IEnumerable<string> folders)
    {
        foreach (var folder in folders.Select(name => Path.Combine(root, name)).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
