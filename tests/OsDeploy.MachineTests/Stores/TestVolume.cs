using System.Globalization;

namespace OsDeploy.MachineTests.Stores;

/// <summary>A small file system, mounted for one test.</summary>
internal sealed class TestVolume : IAsyncDisposable
{
    private TestVolume(string folder) => Folder = folder;

    public string Folder { get; }

    public string this[string name] => Path.Combine(Folder, name);

    public static void RequireSupport(string fileSystem) => Assert.SkipUnless(
        File.ReadAllText("/proc/filesystems").Contains("\t" + fileSystem + "\n", StringComparison.Ordinal), $"needs a kernel with {fileSystem}");

    /// <summary>In memory, of an exact size in bytes.</summary>
    public static Task<TestVolume> InMemoryAsync(long size) =>
        MountAsync("-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={size}"), "tmpfs");

    /// <summary>A new file system in a sparse image file.</summary>
    public static async Task<TestVolume> FormatAsync(string image, long size, params string[] mkfs)
    {
        await using (var file = File.Create(image))
        {
            file.SetLength(size);
        }

        await new Command(mkfs[0], [.. mkfs[1..], image]).RunAsync(CancellationToken.None);
        return await MountImageAsync(image);
    }

    public static Task<TestVolume> MountImageAsync(string image) => MountAsync("-o", "loop", image);

    public async ValueTask DisposeAsync()
    {
        await new Command("umount", Folder).RunAsync(CancellationToken.None);
        Directory.Delete(Folder);
    }

    private static async Task<TestVolume> MountAsync(params string[] what)
    {
        Root.OrSkip();
        var folder = Directory.CreateTempSubdirectory("osdeploy-volume-").FullName;
        await new Command("mount", [.. what, folder]).RunAsync(CancellationToken.None);
        return new TestVolume(folder);
    }
}
