using System.Diagnostics;
using System.Globalization;
using OsDeploy.Disks;
using OsDeploy.Images;
using OsDeploy.MachineTests.Cli;
using OsDeploy.MachineTests.Disks;

namespace OsDeploy.MachineTests.Imaging;

/// <summary>
/// The program is ended by SIGKILL at random points of capture, restore and prune, again and again on one store; after each time the store
/// and the disk must be in a state the model allows, and in the end the work must come out whole.
/// </summary>
public sealed class KillTests
{
    private const long Mebibyte = 1 << 20;
    private const long DiskSize = 160 * Mebibyte;
    private const int Megabytes = 60;

    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("OSDEPLOY_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20261120;

    public KillTests() => Root.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_capture_killed_anywhere_leaves_a_whole_version_or_none_and_what_it_stored_is_used()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab, 1);
        string[] capture = ["capture", master.Path, "--store", lab.StorePath, "--image", "lab", "--json"];
        var whole = await DurationOfAsync(["capture", master.Path, "--store", lab.NewFolder(), "--image", "lab"]);
        var random = SeededRandom();
        for (var i = 0; i < Full.Times(6, 100); i++)
        {
            await KilledAsync(whole * random.NextDouble(), capture);
            await AssertStoreIsSoundAsync(lab); // also where a version was published just before the end
        }

        var report = await lab.CaptureAsync(master);

        Assert.True(report.NewChunks < report.Chunks / 2, "what the killed captures stored was not used");
        await AssertStoreIsSoundAsync(lab);
        await using var target = await TestDisk.CreateAsync(DiskSize);
        await lab.RestoreAsync(target);
        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(target, 1));
    }

    [Fact]
    public async Task A_restore_killed_anywhere_leaves_a_disk_that_does_not_start_and_the_next_one_finishes()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab, 2);
        await lab.CaptureAsync(master);
        await using var first = await TestDisk.CreateAsync(DiskSize);
        string[] restore = ["--store", lab.StorePath, "--image", "lab", "--yes", "--json"];
        var whole = await DurationOfAsync(["restore", first.Path, .. restore]);
        await using var target = await OtherSystemAsync();
        var before = await target.HashAsync();
        var random = SeededRandom();
        for (var i = 0; i < Full.Times(6, 100); i++)
        {
            if (!await KilledAsync(whole * random.NextDouble() * 1.1, ["restore", target.Path, .. restore]))
            {
                break;
            }

            await AssertSafeAsync(master, target, before);
        }

        await lab.RestoreAsync(target);

        Assert.Equal(TableOf(await master.InspectAsync()), TableOf(await target.InspectAsync()));
        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(target, 1));
    }

    [Fact]
    public async Task A_prune_killed_anywhere_takes_nothing_that_a_version_needs()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab, 3);
        await lab.CaptureAsync(master);
        var random = SeededRandom();
        for (var i = 0; i < Full.Times(5, 60); i++)
        {
            await using (var mount = await master.MountAsync(1))
            {
                await SampleTree.DriftAsync(mount.Folder, i);
            }

            var kept = (await lab.CaptureAsync(master)).Version;
            await using (var store = lab.OpenStore())
            {
                foreach (var old in (await store.ListAsync(Cancel)).Where(version => version.Version != kept))
                {
                    await store.DeleteAsync(old.Version, Cancel);
                }
            }

            await KilledAsync(TimeSpan.FromMilliseconds(random.Next(50, 700)), ["image", "prune", "--now", "--yes", "--store", lab.StorePath]);
            await AssertStoreIsSoundAsync(lab);
            Assert.Equal([kept], (await VersionsAsync(lab)).Select(version => version.Version));
        }

        await using var target = await TestDisk.CreateAsync(DiskSize);
        await lab.RestoreAsync(target);
        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(target, 1));
    }

    private static async Task AssertSafeAsync(TestDisk master, TestDisk target, string before)
    {
        if (await target.HashAsync() == before)
        {
            return;
        }

        var layout = await target.InspectAsync();
        if (layout.Partitions.Count > 0)
        {
            Assert.Equal(TableOf(await master.InspectAsync()), TableOf(layout)); // it was past its commit point
            await FileSystemCheck.RunAsync(target, 1);
            return;
        }

        using var file = DiskFile.OpenRead(layout.Disk);
        Assert.Equal("lab", DiskMark.Read(file, 0)?.Image);
    }

    private static async Task AssertStoreIsSoundAsync(ImagingLab lab)
    {
        await using var store = lab.OpenStore();
        var report = await store.CheckAsync(null, new Meter(), Cancel);
        Assert.Empty(report.Damaged);
        Assert.Empty(report.Missing);
        Assert.Empty(report.Faults);
    }

    private static async Task<IReadOnlyList<VersionEntry>> VersionsAsync(ImagingLab lab)
    {
        await using var store = lab.OpenStore();
        return await store.ListAsync(Cancel);
    }

    private static List<string> TableOf(DiskLayout layout) =>
        [.. layout.Table.Select(sectors => sectors.Offset + ":" + Convert.ToHexString(sectors.Bytes))];

    private static async Task<TimeSpan> DurationOfAsync(string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await OsDeployProgram.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.ErrorOutput);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <returns>False if the program was faster than the killer.</returns>
    private static async Task<bool> KilledAsync(TimeSpan after, string[] arguments)
    {
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        kill.CancelAfter(after);
        try
        {
            await OsDeployProgram.RunAsync(kill.Token, arguments);
            return false;
        }
        catch (OperationCanceledException)
        {
            Cancel.ThrowIfCancellationRequested();
            return true;
        }
    }

    private Random SeededRandom()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"OSDEPLOY_SEED={_seed}");
        return new Random(_seed);
    }

    private static async Task<TestDisk> MasterAsync(ImagingLab lab, int seed)
    {
        var disk = await TestDisk.CreateAsync(DiskSize, "label: gpt\nsize=150MiB,type=L\n");
        await disk.FormatAsync(1, "ext4");
        await disk.CopyInAsync(1, await SampleTree.CreateAsync(lab.NewFolder(), seed, hasUnixFeatures: true, Megabytes));
        return disk;
    }

    private static async Task<TestDisk> OtherSystemAsync()
    {
        var disk = await TestDisk.CreateAsync(DiskSize, "label: dos\ntype=83,bootable\n");
        await disk.FormatAsync(1, "ext2");
        return disk;
    }
}
