using System.Security.Cryptography;

namespace OsDeploy.Cli.Demo;

/// <summary>Real files of this computer, as content that compresses and repeats the way real disks do.</summary>
internal static class SampleFiles
{
    private const long CopiedBytes = 200L << 20;
    private const int ChangedEvery = 20;

    private static readonly string[] s_sources = ["/usr/bin", "/usr/lib", "/usr/share"];
    private static readonly EnumerationOptions s_regularFiles = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    public static void Copy(string target, CancellationToken cancel)
    {
        var left = CopiedBytes;
        foreach (var file in s_sources.SelectMany(source => new DirectoryInfo(source).EnumerateFiles("*", s_regularFiles)))
        {
            cancel.ThrowIfCancellationRequested();
            if (file.Length > left / 4)
            {
                continue;
            }

            var copy = target + file.FullName;
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            file.CopyTo(copy);
            left -= file.Length;
            if (left < 1 << 20)
            {
                return;
            }
        }
    }

    /// <summary>Touches every 20th file, removes one and adds one.</summary>
    public static void Change(string folder)
    {
        var files = FilesOf(folder);
        foreach (var file in files.Where((_, i) => i % ChangedEvery == 0))
        {
            using var content = File.Open(file, FileMode.Open, FileAccess.Write);
            content.Seek(content.Length / 2, SeekOrigin.Begin);
            content.Write("changed by the demonstration of osdeploy"u8);
        }

        File.Delete(files[1]);
        File.WriteAllBytes(Path.Combine(folder, "new file"), RandomNumberGenerator.GetBytes(2 << 20));
    }

    /// <summary>Compares two folders file by file, by content.</summary>
    /// <returns>Number of files, or null if something differs.</returns>
    public static int? CountIfEqual(string left, string right, CancellationToken cancel)
    {
        var files = FilesOf(left);
        var names = files.Select(file => Path.GetRelativePath(left, file));
        if (!names.SequenceEqual(FilesOf(right).Select(file => Path.GetRelativePath(right, file))))
        {
            return null;
        }

        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            if (!HashOf(file).AsSpan().SequenceEqual(HashOf(Path.Combine(right, Path.GetRelativePath(left, file)))))
            {
                return null;
            }
        }

        return files.Count;
    }

    private static List<string> FilesOf(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", s_regularFiles).Order(StringComparer.Ordinal)];

    private static byte[] HashOf(string file)
    {
        using var content = File.OpenRead(file);
        return SHA256.HashData(content);
    }
}
