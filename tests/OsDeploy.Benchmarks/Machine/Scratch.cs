namespace OsDeploy.Benchmarks.Machine;

/// <summary>Folders that a run fills and empties.</summary>
internal static class Scratch
{
    private static readonly EnumerationOptions s_everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    public static void Empty(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
    }

    public static long SizeOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", s_everything).Sum(file => file.Length);

    public static long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;
}
