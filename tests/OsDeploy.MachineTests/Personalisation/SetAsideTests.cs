using System.Globalization;
using OsDeploy.Api.Configurations;
using OsDeploy.Disks;
using OsDeploy.MachineTests.Cli;
using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Imaging;
using OsDeploy.Personalisation;
using OsDeploy.Text;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.MachineTests.Personalisation;

/// <summary>A partition is worked on in a disk that has its table already: whenever the power fails, nothing starts that is half done.</summary>
public sealed class SetAsideTests
{
    private const long DiskSize = 180L << 20;

    private static readonly Dictionary<string, (string Script, int System, int Other)> s_tables = new()
    {
        ["gpt"] = ("label: gpt\nsize=60MiB,type=L\nsize=40MiB,type=L\n", 1, 2),
        ["dos"] = ("label: dos\n1 : size=20MiB,type=83,bootable\n2 : size=140MiB,type=5\n5 : size=60MiB,type=83\n6 : size=40MiB,type=83\n", 5, 6),
    };

    public SetAsideTests() => Root.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gpt")]
    [InlineData("dos")]
    public async Task A_power_cut_while_a_restored_partition_becomes_the_hosts_own_leaves_nothing_that_starts_and_the_same_again_finishes(string label)
    {
        var (_, system, other) = s_tables[label];
        await using var lab = new ImagingLab();
        await using var host = await MasterAsync(label);
        await lab.CaptureAsync(host);
        await using var cut = await TestDisk.CreateAsync(DiskSize);
        var personal = new PersonalLab();
        var restoring = ImagingLab.Restoring with { Partitions = new HashSet<int> { system }, Personal = new PersonalLab().Personaliser(Host("pc01", system)) };

        await lab.RestoreAsync(host, restoring with { Personal = personal.Personaliser(Host("pc01", system) with { Files = [PowerCut(personal, host, cut, system)] }) });

        await AssertNothingStartsAsync(cut, new SetAside(AsideWork.Restore, system));
        var before = await cut.HashAsync();
        await AssertRefusedAsync(() => lab.CaptureAsync(cut));
        await AssertRefusedAsync(() => lab.RestoreAsync(cut, restoring with { Partitions = new HashSet<int> { other } }));
        await AssertRefusedAsync(() => lab.RestoreAsync(cut, ImagingLab.Restoring with { TableOnly = true }));
        await AssertRefusedAsync(() => new PersonalLab().RunAsync(cut, Host("pc01", system)));
        Assert.Equal(before, await cut.HashAsync());

        await lab.RestoreAsync(cut, restoring);

        await AssertSameAsync(host, cut, system, other);
        await FileSystemCheck.RunAsync(cut, system);
        Assert.Equal("pc01\n", await HostNameAsync(cut, system));
    }

    [Fact]
    public async Task After_such_a_power_cut_the_whole_disk_can_be_restored_too()
    {
        await using var lab = new ImagingLab();
        await using var host = await MasterAsync("gpt");
        await lab.CaptureAsync(host);
        await using var whole = await TestDisk.CreateAsync(DiskSize);
        await lab.RestoreAsync(whole);
        SetAsideBy(whole, new SetAside(AsideWork.Restore, 1));

        await lab.RestoreAsync(whole);

        await AssertSameAsync(host, whole, 1, 2);
    }

    [Theory]
    [InlineData("gpt", 512)]
    [InlineData("dos", 512)]
    [InlineData("gpt", 4096)]
    public async Task A_disk_that_is_set_aside_is_read_as_if_it_were_not(string label, int sectorSize)
    {
        await using var disk = await MasterAsync(label, sectorSize);
        var (before, hash) = (await disk.InspectAsync(), await disk.HashAsync());
        SetAsideBy(disk, new SetAside(AsideWork.Personalisation, 1));
        var written = await disk.HashAsync();

        var after = await disk.InspectAsync();

        Assert.Equal(new SetAside(AsideWork.Personalisation, 1), after.Aside);
        Assert.Equal(before.Partitions, after.Partitions);
        Assert.Equal((before.Label, before.Firmware, before.HeadLength), (after.Label, after.Firmware, after.HeadLength));
        Assert.Equal(TableOf(before), TableOf(after));
        Assert.Equal(written, await disk.HashAsync());
        using (var file = DiskFile.OpenWrite(after.Disk))
        {
            TableAside.PutBack(file);
        }

        Assert.Equal(hash, await disk.HashAsync());
    }

    [Fact]
    public async Task A_partition_that_grows_after_it_was_restored_alone_is_whole_when_the_table_is_back()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync("gpt");
        await lab.CaptureAsync(master);
        await using var target = await TestDisk.CreateAsync(DiskSize, "label: gpt\nsize=90MiB,type=L\nsize=40MiB,type=L\n");

        await lab.RestoreAsync(target, ImagingLab.Restoring with { Partitions = new HashSet<int> { 1 } });

        Assert.Null((await target.InspectAsync()).Aside);
        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(target, 1));
        await FileSystemCheck.RunAsync(target, 1);
    }

    [Fact]
    public async Task A_power_cut_while_a_disk_becomes_another_hosts_leaves_nothing_that_starts_and_the_same_again_finishes()
    {
        await using var host = await MasterAsync("gpt");
        await using var cut = await TestDisk.CreateAsync(DiskSize);
        var personal = new PersonalLab();
        await personal.RunAsync(host, Host("pc05", 1) with { Files = [PowerCut(personal, host, cut, 1)] });
        await AssertNothingStartsAsync(cut, new SetAside(AsideWork.Personalisation, 1));
        await AssertRefusedAsync(() => new PersonalLab().RunAsync(cut, Host("pc05", 2)));
        var before = await cut.HashAsync();
        string[] personalise = ["personalise", cut.Path, "--host", "pc05", "--partition", "1:os=Linux"];

        var shown = await OsDeployProgram.RunAsync([.. personalise, "--dry-run"]);

        Assert.True(shown.ExitCode == 0, shown.ErrorOutput);
        Assert.Contains("partition table", shown.Output, StringComparison.Ordinal);
        Assert.Equal(before, await cut.HashAsync());
        var done = await OsDeployProgram.RunAsync([.. personalise, "--yes"]);
        Assert.True(done.ExitCode == 0, done.ErrorOutput);
        await AssertSameAsync(host, cut, 1, 2);
        Assert.Contains("Nothing differs", (await OsDeployProgram.RunAsync([.. personalise, "--yes"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stops_personalisation_half_way_is_said_and_the_disk_does_not_start()
    {
        await using var disk = await MasterAsync("gpt");
        var personal = new PersonalLab();

        await Assert.ThrowsAsync<UserErrorException>(() => personal.RunAsync(disk, Host("pc05", 1) with { Files = [personal.File(PersonalFileKind.PostScript, "post.sh", "#!/bin/sh\nexit 3\n", 1)] }));

        Assert.Contains(personal.Warnings, warning => warning.Contains("does not start", StringComparison.Ordinal));
        await AssertNothingStartsAsync(disk, new SetAside(AsideWork.Personalisation, 1));
        await personal.RunAsync(disk, Host("pc05", 1));
        Assert.Null((await disk.InspectAsync()).Aside);
    }

    [Fact]
    public async Task What_stops_personalisation_before_its_first_change_leaves_a_disk_that_starts()
    {
        await using var disk = await MasterAsync("gpt");
        await using (var mount = await disk.MountAsync(1))
        {
            Directory.Delete(Path.Combine(mount.Folder, "etc"), recursive: true);
        }

        var error = await Assert.ThrowsAsync<UserErrorException>(() => new PersonalLab().RunAsync(disk, Host("pc05", 1)));

        Assert.Equal("personal-no-linux", error.Code);
        Assert.Null((await disk.InspectAsync()).Aside);
    }

    private static Personality Host(string name, int system) => new()
    {
        Name = ComputerName.Parse(name),
        Systems = [new PersonalSystem(1, system, OperatingSystem.Linux, JoinMode.No)],
    };

    // The last thing that is done to the partition before the table comes back: what the disk holds then is what a power cut would leave.
    private static PersonalFile PowerCut(PersonalLab lab, TestDisk disk, TestDisk copy, int partition) =>
        lab.File(PersonalFileKind.PostScript, "cut.sh", $"#!/bin/sh\nset -e\nsync -f \"$OSDEPLOY_FOLDER\"\ncp --sparse=always '{disk.ImageFile}' '{copy.ImageFile}'\n", partition);

    private static async Task AssertNothingStartsAsync(TestDisk disk, SetAside aside)
    {
        foreach (var program in new[] { new Command("sfdisk", "--json", disk.Path), new Command("blkid", "--probe", disk.Path) })
        {
            Assert.NotEqual(0, (await program.Accepting(_ => true).RunAsync(Cancel)).ExitCode);
        }

        var layout = await disk.InspectAsync();
        Assert.Equal(aside, layout.Aside);
        Assert.Equal("ext4", layout.Partitions.Single(partition => partition.Number == aside.Partition).FileSystem); // it could start, if anybody found it
    }

    private static async Task AssertRefusedAsync(Func<Task> work) =>
        Assert.Equal("disk-unfinished", (await Assert.ThrowsAsync<UserErrorException>(work)).Code);

    private static async Task AssertSameAsync(TestDisk expected, TestDisk disk, params int[] partitions)
    {
        var (one, two) = (await expected.InspectAsync(), await disk.InspectAsync());
        Assert.Null(two.Aside);
        Assert.Equal(TableOf(one), TableOf(two));
        foreach (var partition in partitions)
        {
            Assert.Equal(await FilesAsync(expected, partition), await FilesAsync(disk, partition));
        }
    }

    // Not the times at which they were written.
    private static async Task<Dictionary<string, string>> FilesAsync(TestDisk disk, int partition)
    {
        await using var mount = await disk.MountAsync(partition, isReadOnly: true);
        return Directory.EnumerateFiles(mount.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ToDictionary(path => Path.GetRelativePath(mount.Folder, path), path => new FileInfo(path).LinkTarget ?? File.ReadAllText(path));
    }

    private static void SetAsideBy(TestDisk disk, SetAside work)
    {
        using var file = DiskFile.OpenWrite(disk.IdentifyAsync().GetAwaiter().GetResult());
        TableAside.Put(file, work);
    }

    private static List<string> TableOf(DiskLayout layout) =>
        [.. layout.Table.Select(sectors => sectors.Offset.ToString(CultureInfo.InvariantCulture) + ":" + Convert.ToHexString(sectors.Bytes))];

    private static async Task<string> HostNameAsync(TestDisk disk, int partition)
    {
        await using var mount = await disk.MountAsync(partition, isReadOnly: true);
        return await File.ReadAllTextAsync(Path.Combine(mount.Folder, "etc/hostname"), Cancel);
    }

    private static async Task<TestDisk> MasterAsync(string label, int sectorSize = 512)
    {
        var (script, system, other) = s_tables[label];
        var disk = await TestDisk.CreateAsync(DiskSize, script, sectorSize);
        foreach (var partition in new[] { system, other })
        {
            await disk.FormatAsync(partition, "ext4");
            await using var mount = await disk.MountAsync(partition);
            Directory.CreateDirectory(Path.Combine(mount.Folder, "etc"));
            await File.WriteAllTextAsync(Path.Combine(mount.Folder, "etc/hostname"), "master\n", Cancel);
        }

        return disk;
    }
}
