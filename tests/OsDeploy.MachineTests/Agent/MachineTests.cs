using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using Microsoft.AspNetCore.Http;
using OsDeploy.MachineTests.Cli;
using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Imaging;
using OsDeploy.Tests.Agent;

namespace OsDeploy.MachineTests.Agent;

/// <summary>The real program as a host, with loop disks, against a server on the loopback that has a store.</summary>
public sealed class MachineTests
{
    private const long Mebibyte = 1 << 20;
    private const long DiskSize = 120 * Mebibyte;
    private const string Serial = "LAB-1";

    public MachineTests() => Root.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_master_is_captured_and_another_computer_restored_from_it()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab, 21);
        await using var host = await TestDisk.CreateAsync(DiskSize + (30 * Mebibyte));
        await using var store = lab.OpenStore();
        await using var server = await ScriptedAppliance.StartAsync(store);

        server.Give(Order("capture", JobKind.Capture, master));
        var capture = await RunAsync(lab, server, master);
        var made = server.Ends["capture"].Made;
        server.Give(Order("restore", JobKind.Restore, host) with { Version = made });
        var restore = await RunAsync(lab, server, host);

        Assert.True((capture.ExitCode, restore.ExitCode) == (0, 0), capture.ErrorOutput + restore.ErrorOutput);
        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(host, 1));
        var figures = server.Ends["restore"].Figures!;
        Assert.True(figures is { Used: > 0, Written: > 0, Fetched: > 0, Verified: > 0, Seconds: > 0 }, figures.ToString());
        Assert.Contains("Job restore: verified in ", restore.ErrorOutput, StringComparison.Ordinal);
        Assert.Contains(server.Lines.Values, line => line.StartsWith("write: ", StringComparison.Ordinal));
        Assert.All(server.Hellos, hello => Assert.True(hello.IsLab));
        Assert.Equal(Serial, server.Hellos.Last().Inventory.Disks.Single().Serial);
    }

    [Fact]
    public async Task A_program_killed_in_a_restore_takes_it_up_again_and_ends_verified()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab, 22);
        var version = (await lab.CaptureAsync(master)).Version;
        await using var host = await TestDisk.CreateAsync(DiskSize);
        await using var store = lab.OpenStore();
        await using var server = await ScriptedAppliance.StartAsync(store);
        server.Give(Order("restore", JobKind.Restore, host) with { Version = version });
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var chunks = 0;
        server.Before = async context =>
        {
            if (context.Request.Path.Value!.Contains("/chunks/", StringComparison.Ordinal) && HttpMethods.IsGet(context.Request.Method) && Interlocked.Increment(ref chunks) == 20)
            {
                await kill.CancelAsync();
            }

            return true;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunUntilAsync(lab, server, host, kill.Token));
        Cancel.ThrowIfCancellationRequested();
        Assert.Empty(server.Ends);
        Assert.Empty((await host.InspectAsync()).Partitions);

        var again = await RunAsync(lab, server, host);

        Assert.True(again.ExitCode == 0, again.ErrorOutput);
        Assert.Equal(JobOutcome.Verified, server.Ends["restore"].Outcome);
        Assert.Equal([null, "claim-restore"], server.Hellos.Select(hello => hello.Claim));
        Assert.Equal(2, server.Reports.Last().Fence);
        Assert.Contains(server.Lines.Values, line => line.Contains("unfinished restore of lab", StringComparison.Ordinal));
        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(host, 1));
        Assert.False(File.Exists(StateFile(lab)));
    }

    [Fact]
    public async Task A_restore_goes_on_through_restarts_of_a_server_that_forgets_its_agents()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab, 23);
        var version = (await lab.CaptureAsync(master)).Version;
        await using var host = await TestDisk.CreateAsync(DiskSize);
        await using var store = lab.OpenStore();
        await using var server = await ScriptedAppliance.StartAsync(store);
        server.Give(Order("restore", JobKind.Restore, host) with { Version = version });
        using var half = new SemaphoreSlim(0);
        var chunks = 0;
        server.Before = context =>
        {
            if (context.Request.Path.Value!.Contains("/chunks/", StringComparison.Ordinal) && Interlocked.Increment(ref chunks) % 40 == 0)
            {
                half.Release();
            }

            return Task.FromResult(true);
        };
        var run = RunAsync(lab, server, host);
        for (var i = 0; i < 2; i++)
        {
            await half.WaitAsync(Cancel);
            await server.KillAsync();
            server.ForgetAgents();
            await server.StartAgainAsync();
        }

        var result = await run;

        Assert.True(result.ExitCode == 0, result.ErrorOutput);
        Assert.Equal(JobOutcome.Verified, server.Ends["restore"].Outcome);
        Assert.True(server.Hellos.Count > 1);
        Assert.Single(server.Hellos.Select(hello => hello.Nonce).Distinct());
        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(host, 1));
    }

    [Fact]
    public async Task A_damaged_store_is_healed_and_a_disk_that_cannot_help_says_how_much_it_gave()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab, 24);
        var version = (await lab.CaptureAsync(master)).Version;
        await HealTests.DamageAsync(lab);
        await using var other = await TestDisk.CreateAsync(DiskSize);
        await using var store = lab.OpenStore();
        await using var server = await ScriptedAppliance.StartAsync(store);

        server.Give(Order("in vain", JobKind.Heal, other) with { Version = version });
        var vain = await RunAsync(lab, server, other);
        server.Give(Order("heal", JobKind.Heal, master) with { Version = version });
        var heal = await RunAsync(lab, server, master);

        Assert.Equal((1, "heal-incomplete"), (vain.ExitCode, server.Ends["in vain"].Fault!.Code));
        Assert.True(heal.ExitCode == 0, heal.ErrorOutput);
        Assert.Equal(0, (await store.ListAsync(Cancel)).Single().DamagedChunks);
    }

    [Fact]
    public async Task The_plan_of_a_configuration_decides_what_is_captured_and_restored()
    {
        await using var lab = new ImagingLab();
        await using var master = await TestDisk.CreateAsync(DiskSize, "label: gpt\nsize=60MiB,type=L\nsize=40MiB,type=L\n");
        await master.FormatAsync(1, "ext4");
        await master.FormatAsync(2, "ext4");
        await master.CopyInAsync(1, await SampleTree.CreateAsync(lab.NewFolder(), 25, hasUnixFeatures: false, megabytes: 5));
        await using var host = await TestDisk.CreateAsync(DiskSize + (30 * Mebibyte));
        await using var store = lab.OpenStore();
        await using var server = await ScriptedAppliance.StartAsync(store);
        PartitionPlan[] plan = [new(1, 1), new(1, 2, Use: PartitionUse.Format, Format: "ext2", Grow: true)];

        server.Give(Order("capture", JobKind.Capture, master) with { Partitions = plan });
        await RunAsync(lab, server, master);
        var version = server.Ends["capture"].Made!.Value;
        server.Give(Order("restore", JobKind.Restore, host) with { Version = version, Partitions = plan });
        await RunAsync(lab, server, host);
        server.Give(Order("keep", JobKind.Restore, host) with { Version = version, Partitions = [new(1, 2, Use: PartitionUse.Leave), new(1, 7)] });
        var kept = await RunAsync(lab, server, host);

        var manifest = Manifest.Parse(await store.ReadManifestAsync(version, Cancel));
        Assert.Equal([PartitionContent.Image, PartitionContent.Format], manifest.Disks[0].Partitions.Select(partition => partition.Content));
        Assert.Equal("ext2", (await host.PartitionAsync(2)).FileSystem);
        Assert.True((await host.PartitionAsync(2)).Length > 65 * Mebibyte);
        Assert.Equal(JobOutcome.Verified, server.Ends["keep"].Outcome);
        Assert.Equal(3, kept.ExitCode); // partition 7 is nowhere
        Assert.Contains("names partition 7", kept.ErrorOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partition_is_backed_up_restored_and_a_disk_erased()
    {
        await using var lab = new ImagingLab();
        await using var disk = await MasterAsync(lab, 26);
        var files = await Volumes.FilesAsync(disk, 1);
        await using var store = lab.OpenStore();
        await using var server = await ScriptedAppliance.StartAsync(store);
        var options = new JobOptions(Partitions: [1], ManualName: "office");

        server.Give(Order("backup", JobKind.ManualBackup, disk) with { Image = null, Options = options });
        await RunAsync(lab, server, disk);
        await disk.FormatAsync(1, "ext2");
        server.Give(Order("restore", JobKind.ManualRestore, disk) with { Image = null, Options = options, Version = server.Ends["backup"].Made });
        await RunAsync(lab, server, disk);
        var restored = await Volumes.FilesAsync(disk, 1);
        server.Give(Order("erase", JobKind.Erase, disk));
        await RunAsync(lab, server, disk);

        Assert.All(server.Ends.Values, end => Assert.Equal(JobOutcome.Verified, end.Outcome));
        Assert.Equal(files, restored);
        Assert.Empty((await disk.InspectAsync()).Partitions);
    }

    [Fact]
    public async Task A_person_at_the_computer_types_n_and_nothing_is_written()
    {
        await using var lab = new ImagingLab();
        await using var disk = await MasterAsync(lab, 27);
        var before = await disk.HashAsync();
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(Order("erase", JobKind.Erase, disk));

        var result = await OsDeployProgram.RunOnTerminalAsync("n", [.. await ArgumentsAsync(lab, server, disk)]);

        Assert.True(result.ExitCode == 1, result.Output);
        Assert.Equal((JobOutcome.Skipped, "job-declined"), (server.Ends["erase"].Outcome, server.Ends["erase"].Fault!.Code));
        Assert.Contains($"serial number {Serial}, 120 MiB", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, await disk.HashAsync());
    }

    private static JobOrder Order(string id, JobKind kind, TestDisk disk) => new(
        id, 1, kind, new JobOptions(), ImagingLab.Image, null, [new DiskBinding(1, Serial, null, "lab", new FileInfo(disk.ImageFile).Length)], [], null, "claim-" + id, IsCancelling: false);

    private static string StateFile(ImagingLab lab) => Path.Combine(Path.GetDirectoryName(lab.StorePath)!, "state");

    private static async Task<List<string>> ArgumentsAsync(ImagingLab lab, ScriptedAppliance server, TestDisk disk)
    {
        var identity = Path.Combine(lab.NewFolder(), "pc.json");
        await File.WriteAllTextAsync(identity, """{"macs":["02:00:00:00:00:01"],"systemUuid":"lab-1"}""", Cancel);
        return ["machine", "--server", server.Url, "--once", "--state", StateFile(lab), "--lab-identity", identity, "--lab-disk", $"{disk.Path}={Serial}"];
    }

    private static Task<CommandResult> RunAsync(ImagingLab lab, ScriptedAppliance server, TestDisk disk) => RunUntilAsync(lab, server, disk, Cancel);

    private static async Task<CommandResult> RunUntilAsync(ImagingLab lab, ScriptedAppliance server, TestDisk disk, CancellationToken kill) =>
        await OsDeployProgram.RunAsync(kill, [.. await ArgumentsAsync(lab, server, disk), "--unattended"]);

    private static async Task<TestDisk> MasterAsync(ImagingLab lab, int seed)
    {
        var disk = await TestDisk.CreateAsync(DiskSize, "label: gpt\ntype=L\n");
        await disk.FormatAsync(1, "ext4");
        await disk.CopyInAsync(1, await SampleTree.CreateAsync(lab.NewFolder(), seed, hasUnixFeatures: true, megabytes: 40));
        return disk;
    }
}
