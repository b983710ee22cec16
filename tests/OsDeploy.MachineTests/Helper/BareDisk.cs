using OsDeploy.Helper.Storage;

namespace OsDeploy.MachineTests.Helper;

/// <summary>A disk without a serial number, as a loop device that has partitions. All of it is gone after Dispose.</summary>
internal sealed class BareDisk : IAsyncDisposable
{
    private const long Usual = 3L << 30;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-data-");
    private string? _path;

    private BareDisk()
    {
    }

    public string Path => _path ?? throw new InvalidOperationException("It is unplugged.");

    public string Partition => Path + "p1";

    private string File => System.IO.Path.Combine(_folder.FullName, "disk.img");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="size">Bytes, none of which takes room.</param>
    public static async Task<BareDisk> CreateAsync(long size = Usual)
    {
        var disk = new BareDisk();
        disk.Resize(size);
        await disk.PlugInAsync();
        return disk;
    }

    /// <summary>Looks at these disks alone.</summary>
    public static DataDisks Only(params BareDisk[] disks) => new(device => disks.Any(disk => disk._path == device.Path));

    // A kernel without partition tables of its own is told what is in this one; of none it takes none.
    public async Task PlugInAsync()
    {
        _path = await RunAsync("losetup", "--find", "--show", "--partscan", File);
        await new Command("partx", "--update", _path).Accepting(_ => true).RunAsync(Cancel);
    }

    /// <summary>What the kernel knows of it is forgotten, as when the power goes.</summary>
    public async Task UnplugAsync()
    {
        await RunAsync("losetup", "--detach", Path);
        _path = null;
    }

    public async Task GrowAsync(long size)
    {
        Resize(size);
        await RunAsync("losetup", "--set-capacity", Path);
    }

    /// <summary>A file system that is not the appliance's, in a table.</summary>
    public async Task FillAsync(string label)
    {
        await new Command("sfdisk", "--quiet", Path).WithInput("label: gpt\n\n-\n").RunAsync(Cancel);
        await RunAsync("partx", "--update", Path);
        await RunAsync("mkfs.ext4", "-q", "-L", label, Partition);
    }

    /// <summary>A volume of an appliance.</summary>
    public async Task MakeOursAsync() => await FillAsync(SetUp.DataVolume.Label);

    public async Task<string> HashAsync() => await RunAsync("sh", "-c", "head -c 64M \"$0\" | sha256sum", File);

    public static async Task<string> RunAsync(string program, params string[] arguments) => (await new Command(program, arguments).RunAsync(Cancel)).Output.Trim();

    public async ValueTask DisposeAsync()
    {
        if (_path is not null)
        {
            await new Command("losetup", "--detach", _path).RunAsync(CancellationToken.None);
        }

        _folder.Delete(recursive: true);
    }

    private void Resize(long size)
    {
        using var file = System.IO.File.Open(File, FileMode.OpenOrCreate);
        file.SetLength(size);
    }
}
