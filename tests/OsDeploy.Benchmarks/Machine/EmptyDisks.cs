using System.Globalization;
using OsDeploy.Imaging;

namespace OsDeploy.Benchmarks.Machine;

/// <summary>
/// Empty disks for many computers, as loop devices over sparse files: in memory where there is room, for one disk of this computer cannot
/// do what the disks of a whole room do.
/// </summary>
internal sealed class EmptyDisks : IAsyncDisposable
{
    private const string Memory = "/dev/shm/osdeploy-bench";
    private const long MemoryForPrograms = 6L << 30;

    private readonly string _folder;
    private readonly List<LoopDevice> _disks = [];

    private EmptyDisks(string folder) => _folder = folder;

    public string this[int number] => _disks[number].Path;

    /// <param name="folder">Where they are if memory has no room.</param>
    /// <param name="size">Of each.</param>
    /// <param name="filled">What will be written to each.</param>
    public static async Task<EmptyDisks> MakeAsync(string folder, int count, long size, long filled, CancellationToken cancel)
    {
        // Those of a run that was killed.
        await Leftovers.ClearAsync(Memory, cancel);
        Remove(Memory);
        var disks = new EmptyDisks(MemoryInfo.Read("MemAvailable") > (count * filled) + MemoryForPrograms ? Memory : Path.Combine(folder, "disks"));
        try
        {
            Scratch.Empty(disks._folder);
            for (var number = 0; number < count; number++)
            {
                var file = Path.Combine(disks._folder, number.ToString(CultureInfo.InvariantCulture));
                using (var handle = File.OpenHandle(file, FileMode.CreateNew, FileAccess.Write))
                {
                    RandomAccess.SetLength(handle, size);
                }

                disks._disks.Add(await LoopDevice.AttachAsync(file, isReadOnly: false, cancel));
            }

            return disks;
        }
        catch
        {
            await disks.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var disk in _disks)
        {
            await disk.DisposeAsync();
        }

        Remove(_folder);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
