using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Imaging;

namespace OsDeploy.MachineTests.Rooms;

/// <summary>The main job as a school does it: by verbs, with real programs at every end.</summary>
public sealed class RoomTests
{
    private const long DiskSize = 100L << 20;
    private const int Seats = 8;

    public RoomTests() => Root.OrSkip();

    [Fact]
    public async Task Two_PCs_are_registered_one_is_captured_and_the_other_becomes_the_same()
    {
        await using var files = new ImagingLab();
        await using var room = await RoomLab.OpenAsync();
        await using var master = await MasterAsync(files);
        await using var target = await TestDisk.CreateAsync(DiskSize);
        await room.StartHostAsync(1, master);
        await room.StartHostAsync(2, target);
        var (first, second) = (await room.RegisterAsync(1), await room.RegisterAsync(2));
        Assert.Equal(("r101-01", "r101-02"), (first, second));

        await room.DoAsync("config", "master", "lab", first);
        await room.DoAsync("job", "start", "capture", first, "--yes", "--watch");
        await room.DoAsync("job", "start", "restore", second, "--yes", "--watch");

        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(target, 1));
        var refused = await room.TryAsync("job", "start", "capture", second, "--yes");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("not-the-master", refused.Output + refused.ErrorOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_of_eight_ends_verified_although_the_daemon_and_a_PC_are_killed_on_the_way()
    {
        await using var files = new ImagingLab();
        await using var room = await RoomLab.OpenAsync();
        await using var master = await MasterAsync(files);
        var disks = new List<TestDisk>();
        try
        {
            await room.StartHostAsync(1, master);
            await room.DoAsync("config", "master", "lab", await room.RegisterAsync(1));
            await room.DoAsync("job", "start", "capture", "r101-01", "--yes", "--watch");
            for (var seat = 2; seat <= Seats; seat++)
            {
                disks.Add(await TestDisk.CreateAsync(DiskSize + (seat << 20)));
                await room.StartHostAsync(seat, disks[^1]);
                await room.RegisterAsync(seat);
            }

            await room.DoAsync("job", "start", "restore", "--room", "r101", "--yes", "--count", $"{Seats}");
            await RoomLab.UntilAsync(async () => await room.StateOfAsync(3) != "Waiting");
            await room.KillHostAsync(2);
            await room.KillDaemonAsync();
            await room.StartDaemonAsync();
            Assert.True(room.StartTime < TimeSpan.FromSeconds(10), $"ready after {room.StartTime}");
            await room.StartHostAsync(2, disks[0]);

            for (var job = 2; job <= Seats + 1; job++)
            {
                var number = job;
                await RoomLab.UntilAsync(async () => await room.StateOfAsync(number) is "Verified" or "Failed" or "Skipped");
                Assert.True(await room.StateOfAsync(job) == "Verified", await room.DoAsync("job", "show", $"{job}"));
            }

            var wanted = await Volumes.FilesAsync(master, 1);
            foreach (var disk in disks)
            {
                Assert.Equal(wanted, await Volumes.FilesAsync(disk, 1));
            }

            Assert.Contains("whole", await room.DoAsync("audit", "--check"), StringComparison.Ordinal);
        }
        finally
        {
            foreach (var disk in disks)
            {
                await disk.DisposeAsync();
            }
        }
    }

    private static async Task<TestDisk> MasterAsync(ImagingLab files)
    {
        var disk = await TestDisk.CreateAsync(DiskSize, "label: dos\ntype=83\n");
        await disk.FormatAsync(1, "ext4");
        await disk.CopyInAsync(1, await SampleTree.CreateAsync(files.NewFolder(), 31, hasUnixFeatures: true, megabytes: 40));
        return disk;
    }
}
