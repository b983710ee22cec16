using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OsDeploy.Lab.Wires;
using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Imaging;
using OsDeploy.MachineTests.Rooms;

namespace OsDeploy.MachineTests.Multicast;

/// <summary>A room is restored by one stream, with real programs at every end.</summary>
public sealed class CarouselRoomTests
{
    private const long DiskSize = 160L << 20;
    private const int Filled = 60 << 20;
    private const int Seats = 8;
    private const int Killed = 5;

    public CarouselRoomTests() => Root.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hosts_of_a_batch_take_their_chunks_from_one_stream()
    {
        await using var room = await RoomLab.OpenAsync();
        await using var master = await MasterAsync();
        await using var first = await TestDisk.CreateAsync(DiskSize);
        await using var second = await TestDisk.CreateAsync(DiskSize);
        await CaptureAsync(room, master);
        await SwitchOnAsync(room, 2, first);
        await SwitchOnAsync(room, 3, second);

        var started = await room.TryAsync("job", "start", "restore", "r101-02", "r101-03", "--yes", "--count", "2", "--watch");

        var log = await room.DoAsync("job", "show", "2", "--log");
        Assert.True(started.ExitCode == 0, started.Output + started.ErrorOutput + log);
        var (awaited, left) = (CountBefore(log, "chunks are awaited from the stream"), CountBefore(log, "chunks come by HTTPS"));
        Assert.True(awaited > 200 && left < awaited / 2, log);
        var wanted = await Volumes.FilesAsync(master, 1);
        Assert.Equal(wanted, await Volumes.FilesAsync(first, 1));
        Assert.Equal(wanted, await Volumes.FilesAsync(second, 1));
    }

    [Fact]
    public async Task A_room_of_eight_ends_verified_although_one_is_killed_half_way_and_started_again()
    {
        await using var network = await SwitchedNetwork.CreateAsync("osdcr", 2 + Seats, "200mbit", Cancel);
        await using var room = await RoomLab.OpenAsync(network, "--allow-lab");
        await using var master = await MasterAsync();
        await using var disks = new Disks();
        await CaptureAsync(room, master);
        await room.DoAsync("room", "add", "r102");
        await room.DoAsync("room", "set", "r102", "--config", "lab");
        for (var seat = 0; seat < Seats; seat++)
        {
            await SwitchOnAsync(room, 2 + seat, await disks.AddAsync(), "r102");
        }

        await room.DoAsync("job", "start", "restore", "--room", "r102", "--yes", "--count", $"{Seats}");
        await RoomLab.UntilAsync(async () => await WrittenAsync(room, Killed) > Filled / 4);
        await room.KillHostAsync(Killed);
        await room.StartHostAsync(Killed, disks[Killed - 2]);

        for (var job = 2; job < 2 + Seats; job++)
        {
            var number = job;
            await RoomLab.UntilAsync(async () => await room.StateOfAsync(number) is "Verified" or "Failed" or "Skipped");
            Assert.True(await room.StateOfAsync(job) == "Verified", await room.DoAsync("job", "show", $"{job}", "--log"));
        }

        var wanted = await Volumes.FilesAsync(master, 1);
        for (var seat = 0; seat < Seats; seat++)
        {
            Assert.Equal(wanted, await Volumes.FilesAsync(disks[seat], 1));
            Assert.Contains("chunks are awaited from the stream", await room.DoAsync("job", "show", $"{2 + seat}", "--log"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task With_too_few_hosts_and_the_wish_to_abort_no_disk_is_touched()
    {
        await using var room = await RoomLab.OpenAsync();
        await using var master = await MasterAsync();
        await using var first = await TestDisk.CreateAsync(DiskSize, "label: gpt\nsize=20MiB\n");
        await using var second = await TestDisk.CreateAsync(DiskSize);
        await CaptureAsync(room, master);
        await SwitchOnAsync(room, 2, first);
        await SwitchOnAsync(room, 3, second);
        await room.KillHostAsync(3);
        var before = await first.HashAsync();

        await room.DoAsync("job", "start", "restore", "r101-02", "r101-03", "--yes", "--count", "2", "--wait-seconds", "4", "--or-abort");

        await RoomLab.UntilAsync(async () => await room.StateOfAsync(2) is "Verified" or "Failed");
        Assert.Contains("carousel-too-few", await room.DoAsync("job", "show", "2", "--json"), StringComparison.Ordinal);
        await room.KillHostAsync(2);
        Assert.Equal(before, await first.HashAsync());
    }

    private static async Task CaptureAsync(RoomLab room, TestDisk master)
    {
        await room.StartHostAsync(1, master);
        await room.DoAsync("config", "master", "lab", await room.RegisterAsync(1));
        await room.DoAsync("job", "start", "capture", "r101-01", "--yes", "--watch");
    }

    private static async Task SwitchOnAsync(RoomLab room, int number, TestDisk disk, string name = "r101")
    {
        await room.StartHostAsync(number, disk);
        await room.RegisterAsync(number, name);
    }

    // The last number that stands before these words; 0: they are not there.
    private static int CountBefore(string log, string words) =>
        Regex.Matches(log, $"(?<count>[0-9]+) {words}", RegexOptions.ExplicitCapture) is [.., var last] ? int.Parse(last.Groups["count"].Value, CultureInfo.InvariantCulture) : 0;

    // Bytes its job has written. A host's job has its number: the master's was the first.
    private static async Task<long> WrittenAsync(RoomLab room, int job)
    {
        var progress = (await room.AskAsync("job", "show", $"{job}")).GetProperty("progress");
        return progress.ValueKind == JsonValueKind.Object && progress.GetProperty("phase").GetString() == "write" ? progress.GetProperty("done").GetInt64() : 0;
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

    private sealed class Disks : IAsyncDisposable
    {
        private readonly List<TestDisk> _disks = [];

        public TestDisk this[int number] => _disks[number];

        public async Task<TestDisk> AddAsync()
        {
            _disks.Add(await TestDisk.CreateAsync(DiskSize));
            return _disks[^1];
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var disk in _disks)
            {
                await disk.DisposeAsync();
            }
        }
    }
}
