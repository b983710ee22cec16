using OsDeploy.Imaging;
using OsDeploy.MachineTests.Disks;

namespace OsDeploy.MachineTests.Imaging;

public sealed class HealTests
{
    private const long DiskSize = 90L << 20;

    public HealTests() => Root.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_damaged_store_is_healed_from_a_larger_disk_that_was_restored_from_it()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab);
        await lab.CaptureAsync(master);
        await using var host = await TestDisk.CreateAsync(DiskSize + (20L << 20));
        await lab.RestoreAsync(host);
        var before = await host.HashAsync();
        await DamageAsync(lab);
        await Assert.ThrowsAsync<UserErrorException>(() => lab.RestoreAsync(master));

        var report = await HealAsync(lab, host);

        Assert.InRange(report.MissingChunks, 1, long.MaxValue);
        Assert.True(report.HealedChunks >= report.MissingChunks * 0.9, $"{report.HealedChunks} of {report.MissingChunks}"); // growing changed a few
        Assert.True(report.StoredBytes > 0);
        Assert.Equal(before, await host.HashAsync());
        var rest = await HealAsync(lab, master);
        Assert.Equal((report.MissingChunks - report.HealedChunks, rest.MissingChunks), (rest.MissingChunks, rest.HealedChunks));
        await using var target = await TestDisk.CreateAsync(DiskSize);
        await lab.RestoreAsync(target);
        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(target, 1));
    }

    [Fact]
    public async Task A_disk_that_holds_something_else_heals_nothing_and_adds_nothing()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab);
        await lab.CaptureAsync(master);
        await DamageAsync(lab);
        await using var other = await TestDisk.CreateAsync(DiskSize);

        var report = await HealAsync(lab, other);

        Assert.True(report.MissingChunks > 0);
        Assert.Equal((0, 0), (report.HealedChunks, report.StoredBytes));
    }

    [Fact]
    public async Task A_whole_store_is_healed_by_reading_nothing()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab);
        await lab.CaptureAsync(master);

        var report = await HealAsync(lab, master);

        Assert.Equal((0, 0), (report.MissingChunks, report.HealedChunks));
        Assert.DoesNotContain(report.Phases, phase => phase.Name == "heal");
    }

    private static async Task<TestDisk> MasterAsync(ImagingLab lab)
    {
        var disk = await TestDisk.CreateAsync(DiskSize, "label: gpt\ntype=L\n");
        await disk.FormatAsync(1, "ext4");
        await disk.CopyInAsync(1, await SampleTree.CreateAsync(lab.NewFolder(), 11, hasUnixFeatures: false));
        return disk;
    }

    /// <summary>Flips bytes all over the packs, and has the store find out.</summary>
    internal static async Task DamageAsync(ImagingLab lab)
    {
        foreach (var pack in Directory.GetFiles(lab.StorePath, "*.pack", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(pack, Cancel);
            for (var i = 100_000; i < bytes.Length; i += 400_000)
            {
                bytes[i] ^= 0x5A;
            }

            File.SetUnixFileMode(pack, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await File.WriteAllBytesAsync(pack, bytes, Cancel);
        }

        await using var store = lab.OpenStore();
        var report = await store.CheckAsync(null, new Meter(), Cancel);
        Assert.True(report.Damaged.Count + report.Missing.Count > 0); // where a pack's own index was hit, what it held is missing
    }

    private static async Task<HealReport> HealAsync(ImagingLab lab, TestDisk disk)
    {
        await using var store = lab.OpenStore();
        return await new Heal(store, new JobProgress()).RunAsync([disk.Path], ImagingLab.Restoring, Cancel);
    }
}
