using OsDeploy.Agent;
using OsDeploy.Api;
using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Imaging;
using OsDeploy.Screens.Machine;
using OsDeploy.Screens.Machine.Views;
using OsDeploy.Text;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;

namespace OsDeploy.MachineTests.Rooms;

/// <summary>The main job as somebody does it who walks from computer to computer: by keys alone, on real disks, with the real appliance.</summary>
public sealed class TechnicianTests
{
    private const long DiskSize = 100L << 20;

    public TechnicianTests() => Root.OrSkip();

    [Fact]
    public async Task A_technician_clones_a_master_and_restores_a_second_computer_by_keys_alone()
    {
        await using var files = new ImagingLab();
        await using var room = await RoomLab.OpenAsync();
        await using var master = await TestDisk.CreateAsync(DiskSize, "label: gpt\ntype=L\n");
        await master.FormatAsync(1, "ext4");
        await master.CopyInAsync(1, await SampleTree.CreateAsync(files.NewFolder(), 31, hasUnixFeatures: true, megabytes: 20));
        await using var target = await TestDisk.CreateAsync(DiskSize);

        await AtComputerAsync(room, 1, master, terminal =>
        {
            Register(terminal);
            terminal.Press(Key.CursorDown, Key.CursorDown, Key.Enter);
            Press(terminal, new Key('n').WithAlt, "Configuration and master", "Available partitions", "Description of the partitions", "Partition:");
            Press(terminal, new Key('l').WithAlt, "Summary");
            terminal.UntilShown("Capture: VERIFIED");
            terminal.Press(Key.Enter);
            terminal.UntilShown("Choose what to do");
        });
        await AtComputerAsync(room, 2, target, terminal =>
        {
            Register(terminal);
            terminal.Press(Key.Enter);
            terminal.UntilShown("about to be overwritten");
            terminal.Press(Key.F12);
            terminal.UntilShown("Restore: VERIFIED");
        });

        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(target, 1));
        Assert.Contains("r101-01", await room.DoAsync("config", "show", "lab"), StringComparison.OrdinalIgnoreCase);
    }

    private static void Register(MemoryTerminal terminal)
    {
        terminal.UntilShown("User name");
        terminal.Type(RoomLab.User);
        terminal.Press(Key.Tab);
        terminal.Type(RoomLab.Password);
        terminal.Press(Key.Enter);
        Press(terminal, new Key('n').WithAlt, "Choose the room");
        Press(terminal, new Key('r').WithAlt, "Choose the name");
        terminal.UntilShown("Choose what to do");
    }

    private static void Press(MemoryTerminal terminal, Key key, params string[] pages)
    {
        foreach (var page in pages)
        {
            terminal.UntilShown(page);
            terminal.Press(key);
        }
    }

    private static async Task AtComputerAsync(RoomLab room, int number, TestDisk disk, Action<MemoryTerminal> keys)
    {
        var key = ServerKey.TryParse(room.Pin, out var pin) ? pin : default;
        var mac = MacAddress.TryParse($"02000000{number:x4}", out var address) ? address : default;
        var computer = new LabComputer(new LabIdentity([mac], $"4c4c4544-0000-0000-0000-{number:D12}", Firmware: "bios"), [new LabDisk(disk.Path, $"DISK{number}")]);
        using var session = new MachineSession(new AgentOptions(room.Url, key, "osdeploy test"), new MachineOptions(room.Url, key, "osdeploy test"), computer, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var terminal = new MemoryTerminal { Patience = TimeSpan.FromMinutes(2) };
        keys(terminal);
        terminal.HangUp();
        var work = session.RunAsync(stop.Token);
        try
        {
            using var app = new Application(TimeProvider.System).Init(terminal);
            using var screens = new MachineScreens(app, session, app.Suspend, TimeProvider.System);
            screens.Run();
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
