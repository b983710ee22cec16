using System.Globalization;
using System.Net.Sockets;
using OsDeploy.ImageBuilder.Appliance;
using OsDeploy.Lab.Demo;
using OsDeploy.Lab.Pcs;
using OsDeploy.Lab.Rooms;
using OsDeploy.MachineTests.Cli;
using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Helper;
using OsDeploy.MachineTests.Imaging;

namespace OsDeploy.MachineTests.Boot;

/// <summary>A room whose appliance is an emulated computer with an empty disk, started from its medium and nothing else.</summary>
public sealed class ApplianceRoomTests : IDisposable
{
    private const int LastPort = 65_535;
    private const int AtOnce = 1024;
    private const int Seed = 20261122;
    private const int Cuts = 4;
    private const long DiskSize = 200L << 20;

    private static readonly string s_medium = Path.GetFullPath($"{ClientImageFiles.Folder}/../../{ApplianceImage.Name}");
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osd-iso-");

    public ApplianceRoomTests()
    {
        Root.OrSkip();
        Assert.SkipUnless(Full.IsAsked, "an emulated appliance that serves emulated PCs takes minutes: ./build.sh test --full runs it");
        ClientImageFiles.OrSkip();
        Assert.SkipUnless(File.Exists(s_medium), "there is no appliance: run ./build.sh iso");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task From_the_medium_alone_a_person_reaches_a_restored_pc()
    {
        await using var room = await OpenAsync(PcFirmware.Uefi, PcFirmware.Uefi);

        var told = await new DemoRun(room, line => TestContext.Current.TestOutputHelper?.WriteLine(line), Cancel).RunAsync();

        Assert.Contains("capture, verified", told, StringComparison.Ordinal);
        Assert.Contains("restore, verified", told, StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine(told);
    }

    [Fact]
    public async Task From_outside_it_answers_where_it_says_and_nowhere_else()
    {
        await using var room = await OpenAsync();
        var listed = File.ReadLines(Path.GetFullPath($"{s_medium}/../../iso/appliance/sockets.txt")).Where(line => line.StartsWith("card", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words[1] == "tcp").Select(words => int.Parse(words[2], CultureInfo.InvariantCulture)).ToList();

        var answered = new List<int>();
        foreach (var some in Enumerable.Range(1, LastPort).Chunk(AtOnce))
        {
            var open = await Task.WhenAll(some.Select(async port => (Port: port, IsOpen: await IsOpenAsync(room, port))));
            answered.AddRange(open.Where(one => one.IsOpen).Select(one => one.Port));
        }

        Assert.Equal(listed, answered);
    }

    [Fact]
    public async Task A_power_cut_of_the_server_at_any_moment_leaves_whole_images_and_nothing_else()
    {
        await using var room = await OpenAsync();
        await using var files = new ImagingLab();
        var appliance = (MediumAppliance)room.Appliance;
        await using var disk = await TestDisk.CreateAsync(DiskSize, "label: gpt\nsize=180MiB,type=L\n");
        await disk.FormatAsync(1, "ext4");
        var random = new Random(Seed);
        var (kept, whole) = (0, TimeSpan.FromSeconds(10));
        for (var cut = 0; cut <= Cuts; cut++)
        {
            await disk.CopyInAsync(1, await SampleTree.CreateAsync(files.NewFolder(), cut, hasUnixFeatures: true, megabytes: 20));
            var began = TimeProvider.System.GetTimestamp();
            var capture = appliance.TryAsync("capture", disk.ImageFile, "--store", appliance.Server, "--image", "lab", "--yes");
            if (cut == 0)
            {
                Assert.True((await capture).ExitCode is 0 or 3, (await capture).ErrorOutput);
                (kept, whole) = (1, TimeProvider.System.GetElapsedTime(began));
                continue;
            }

            var at = whole * random.NextDouble() * 1.1;
            await Task.WhenAny(capture, Task.Delay(at, Cancel));
            await appliance.CutPowerAsync();
            var isTold = (await capture).ExitCode is 0 or 3; // an appliance that comes back in time is waited for
            var versions = (await appliance.AskAsync("image", "list")).EnumerateArray().Count();
            TestContext.Current.TestOutputHelper?.WriteLine($"cut {cut} after {at.TotalSeconds:0.0} of {whole.TotalSeconds:0.0} s: {versions} versions");
            Assert.InRange(versions, kept + (isTold ? 1 : 0), kept + 1);
            kept = versions;
            await appliance.DoAsync("image", "check");
        }
    }

    private Task<Classroom> OpenAsync(params IReadOnlyList<PcFirmware> pcs)
    {
        var boot = _folder.CreateSubdirectory("boot");
        var programs = new LabPrograms(OsDeployProgram.Path, OsDeployProgram.Daemon, HelperProgram.Path, ClientImageFiles.Folder);
        return Classroom.OpenAsync(new ClassroomPlan("osd-iso", _folder.FullName, boot.FullName, programs, pcs, HasSchool: false, s_medium), Cancel);
    }

    private static async Task<bool> IsOpenAsync(Classroom room, int port)
    {
        using var socket = room.Network.Make(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(s_patience);
        try
        {
            await socket.ConnectAsync(LabAppliance.Address, port, patience.Token);
            return true;
        }
        catch (SocketException)
        {
            return false; // refused
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            return false; // dropped
        }
    }
}
