namespace OsDeploy.Cli.Demo;

/// <summary>The folder of a demonstration: two disk image files and a store. Only what an earlier demonstration made is ever removed.</summary>
internal sealed class DemoFolder
{
    private const string Marker = "made-by-osdeploy-demo";

    private readonly string _folder;

    private DemoFolder(string folder) => _folder = folder;

    public string Master => Path.Combine(_folder, "master.img");

    public string Target => Path.Combine(_folder, "target.img");

    public string Store => Path.Combine(_folder, "store");

    /// <exception cref="UserErrorException"><c>demo-folder-taken</c></exception>
    public static DemoFolder CreateEmpty(string path)
    {
        var folder = new DemoFolder(Path.GetFullPath(path));
        folder.Clear();
        return folder;
    }

    /// <summary>A folder to mount on, empty.</summary>
    public string MountPoint(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    private void Clear()
    {
        Directory.CreateDirectory(_folder);
        var marker = Path.Combine(_folder, Marker);
        if (!File.Exists(marker) && Directory.EnumerateFileSystemEntries(_folder).Any())
        {
            throw Errors.DemoFolderTaken(_folder);
        }

        File.WriteAllText(marker, "");
        File.Delete(Master);
        File.Delete(Target);
        if (Directory.Exists(Store))
        {
            Directory.Delete(Store, recursive: true);
        }
    }
}
