using Microsoft.Win32.SafeHandles;

namespace OsDeploy.Chunks.Folder;

/// <summary>What becomes of the open pack of a capture that died. A pack whose capture lives is left alone.</summary>
internal static class PackSalvage
{
    /// <summary>
    /// Turns it into a sealed pack, in place: good records stay, what lies behind the last of them is cut, the index is
    /// appended.
    /// </summary>
    /// <param name="folder">Folder of sealed packs.</param>
    public static void Seal(string path, string folder)
    {
        using var file = TryOwn(path);
        if (file is null)
        {
            return;
        }

        var good = Scan(file, path);
        if (good.Count == 0)
        {
            File.Delete(path);
            return;
        }

        OpenPack.WriteTail(file, path, good, good.Max(entry => entry.End));
        OpenPack.Publish(file, new Pack(path), folder);
    }

    /// <returns>Bytes freed.</returns>
    public static long Delete(string path, bool dryRun)
    {
        using var file = TryOwn(path);
        if (file is null)
        {
            return 0;
        }

        var length = RandomAccess.GetLength(file);
        if (!dryRun)
        {
            File.Delete(path);
        }

        return length;
    }

    private static List<PackEntry> Scan(SafeFileHandle file, string path)
    {
        try
        {
            using var scan = new PackScan();
            return scan.Run(file);
        }
        catch (IOException e)
        {
            throw Errors.StoreReadFailed(path, e);
        }
    }

    // The lock is the writer's sign of life (OpenPack). A file that is gone has been salvaged by another process.
    private static SafeFileHandle? TryOwn(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
