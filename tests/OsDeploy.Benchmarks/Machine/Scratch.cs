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

    /// <summary>Keeps other runs out of a work folder until disposed: each would clear the other's devices away.</summary>
    /// <exception cref="UserErrorException"><c>bench-work-busy</c></exception>
    public static IDisposable Hold(string work)
    {
        Directory.CreateDirectory(work);
        try
        {
            return File.OpenHandle(Path.Combine(work, "lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException e)
        {
            throw Errors.WorkBusy(work, e);
        }
    }

    public static long SizeOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", s_everything).Sum(file => file.Length);

    public static long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;
}
