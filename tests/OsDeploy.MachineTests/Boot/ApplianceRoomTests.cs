using System.Globalization;
using System.Net.Sockets;
using OsDeploy.ImageBuilder.Appliance;
using OsDeploy.Lab.Demo;
using OsDeploy.Lab.Pcs;
using OsDeploy.Lab.Rooms;
using OsDeploy.MachineTests.Cli;
using OsDeploy.MachineTests.Helper;

namespace OsDeploy.MachineTests.Boot;

/// <summary>A room whose appliance is an emulated computer with an empty disk, started from its medium and nothing else.</summary>
public sealed class ApplianceRoomTests : IDisposable
{
    private const int LastPort = 65_535;
    private const int AtOnce = 1024;

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
