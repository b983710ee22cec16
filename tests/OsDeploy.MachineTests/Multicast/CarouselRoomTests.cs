using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Imaging;
using OsDeploy.MachineTests.Rooms;

namespace OsDeploy.MachineTests.Multicast;

/// <summary>A room is restored by one stream, with real programs at every end.</summary>
public sealed class CarouselRoomTests
{
    private const long DiskSize = 160L << 20;
    private const int Filled = 60 << 20;

    public CarouselRoomTests() => Root.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hosts_of_a_batch_take_their_chunks_from_one_stream()
    {
        await using var room = await RoomLab.OpenAsync();
        await using var master = await MasterAsync();
        await using var first = await TestDisk.CreateAsync(DiskSize);
        await using var second = await TestDisk.CreateAsync(DiskSize);
        await room.StartHostAsync(1, master);
        await room.DoAsync("config", "master", "lab", await room.RegisterAsync(1));
        await room.DoAsync("job", "start", "capture", "r101-01", "--yes", "--watch");
        await room.StartHostAsync(2, first);
        await room.StartHostAsync(3, second);
        await room.RegisterAsync(2);
        await room.RegisterAsync(3);

        var started = await room.TryAsync("job", "start", "restore", "r101-02", "r101-03", "--yes", "--count", "2", "--watch");

        var log = await room.DoAsync("job", "show", "2", "--log");
        Assert.True(started.ExitCode == 0, started.Output + started.ErrorOutput + log);
        Assert.Contains("chunks are awaited from the stream", log, StringComparison.Ordinal);
        Assert.Contains("All chunks came by the stream", log, StringComparison.Ordinal);
        var wanted = await Volumes.FilesAsync(master, 1);
        Assert.Equal(wanted, await Volumes.FilesAsync(first, 1));
        Assert.Equal(wanted, await Volumes.FilesAsync(second, 1));
    }

    private static async Task<TestDisk> MasterAsync()
    {
        var disk = await TestDisk.CreateAsync(DiskSize, "label: gpt\nsize=150MiB\n");
        await disk.FormatAsync(1, "ext4");
        await using var mounted = await disk.MountAsync(1);
        var content = new byte[Filled];
        new Random(20).NextBytes(content);
        await File.WriteAllBytesAsync(Path.Combine(mounted.Folder, "content"), content, Cancel);
        return disk;
    }
}
