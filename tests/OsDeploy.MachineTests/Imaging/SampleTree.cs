using System.Globalization;
using OsDeploy.MachineTests.Disks;

namespace OsDeploy.MachineTests.Imaging;

/// <summary>Folders and files as people and systems leave them: empty, tiny, large, sparse, odd names, old times; links and attributes where the file system has them.</summary>
internal static class SampleTree
{
    private static readonly DateTime s_longAgo = new(2021, 3, 14, 15, 9, 26, DateTimeKind.Utc);

    /// <param name="hasUnixFeatures">Links, modes, extended attributes and access control lists.</param>
    /// <returns>The folder.</returns>
    public static async Task<string> CreateAsync(string folder, int seed, bool hasUnixFeatures, int megabytes = 12)
    {
        var random = new Random(seed);
        for (var i = 0; i < 40; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{(i % 5 == 0 ? "" : "Unterordner äöü " + (i % 3) + "/")}Datei {i}.bin");
            var content = new byte[i % 4 == 0 ? random.Next(700) : random.Next((megabytes << 20) / 20)];
            random.NextBytes(content.AsSpan(content.Length / 3));
            await WriteAsync(Path.Combine(folder, name), content, s_longAgo.AddMinutes(random.Next(1_000_000)));
        }

        await WriteAsync(Path.Combine(folder, "empty"), [], s_longAgo);
        if (hasUnixFeatures)
        {
            await AddUnixFeaturesAsync(folder);
        }

        return folder;
    }

    /// <summary>A day of use: a file changed in place, one new, one gone (while there are enough).</summary>
    public static async Task DriftAsync(string folder, int seed)
    {
        var random = new Random(seed);
        var files = Directory.GetFiles(folder, "*.bin", SearchOption.AllDirectories).Order().ToList();
        var content = new byte[80_000];
        random.NextBytes(content);
        await using (var changed = File.OpenWrite(files[^1]))
        {
            changed.Write(content.AsSpan(0, 5000));
        }

        await File.WriteAllBytesAsync(Path.Combine(folder, "new today.bin"), content);
        if (files.Count > 10)
        {
            File.Delete(files[1]);
        }
    }

    private static async Task WriteAsync(string path, byte[] content, DateTime time)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, content);
        File.SetLastWriteTimeUtc(path, time);
    }

    private static async Task AddUnixFeaturesAsync(string folder)
    {
        var first = Path.Combine(folder, "Datei 0.bin");
        File.CreateSymbolicLink(Path.Combine(folder, "link"), "Datei 0.bin");
        await TestDisk.RunAsync("ln", first, Path.Combine(folder, "hard link"));
        await TestDisk.RunAsync("setfattr", "-n", "user.origin", "-v", "Schule", first);
        await TestDisk.RunAsync("setfacl", "-m", "u:1234:rw", first);
        await TestDisk.RunAsync("chmod", "2750", Path.Combine(folder, "empty"));
        await TestDisk.RunAsync("chown", "1000:100", Path.Combine(folder, "empty"));
        await TestDisk.RunAsync("truncate", "-s", "3M", Path.Combine(folder, "sparse"));
    }
}
