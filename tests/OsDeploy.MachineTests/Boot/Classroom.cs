using OsDeploy.MachineTests.Helper;
using OsDeploy.MachineTests.Rooms;

namespace OsDeploy.MachineTests.Boot;

/// <summary>An appliance that lets PCs start over the network, with its helper and its dnsmasq, and PCs on that wire.</summary>
internal sealed class Classroom : IAsyncDisposable
{
    private static readonly string s_helper = HelperProgram.Path;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osd-room-");
    private readonly CancellationTokenSource _stop = new();
    private WireLab? _wire;
    private Task _helper = Task.CompletedTask;

    private Classroom()
    {
    }

    public RoomLab Room { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="mode">As <c>osdeploy boot set --mode</c> takes it.</param>
    public static async Task<Classroom> OpenAsync(string mode)
    {
        var (_, client) = ClientImageFiles.OrSkip();
        var classroom = new Classroom();
        try
        {
            await classroom.SetUpAsync(mode, client);
            return classroom;
        }
        catch
        {
            await classroom.DisposeAsync();
            throw;
        }
    }

    /// <summary>A PC with one disk, which starts from the network first.</summary>
    /// <param name="number">Its card's address ends with it.</param>
    public QemuPc SwitchOn(int number, PcFirmware firmware, string disk) => QemuPc.SwitchOn(_folder.FullName, new PcParts($"pc{number}")
    {
        Firmware = firmware,
        Namespace = WireLab.Space,
        Cards = [new PcCard($"02:00:00:00:00:{number:x2}", WireLab.TapOf(number))],
        Disks = [new PcDisk(disk, $"DISK{number}")],
        Uuid = new Guid($"4c4c4544-0000-0000-0000-{number:D12}"),
    });

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public async ValueTask DisposeAsync()
    {
        if (Room is not null)
        {
            await Room.DisposeAsync();
        }

        await _stop.CancelAsync();
        try
        {
            await _helper;
        }
        catch (OperationCanceledException)
        {
            // It ran until now.
        }

        if (_wire is not null)
        {
            await _wire.DisposeAsync();
        }

        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task SetUpAsync(string mode, string client)
    {
        // dnsmasq gives up its rights and must still find its files.
        File.SetUnixFileMode(_folder.FullName, File.GetUnixFileMode(_folder.FullName) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
        _wire = await WireLab.LayAsync();
        await _wire.PlugInAsync(1);
        await _wire.PlugInAsync(2);
        var (socket, boot) = (PathOf("helper.sock"), PathOf("boot"));
        _helper = new Command(s_helper, "--socket", socket, "--allow-uid", "0", "--boot-folder", boot).WithDeadline(TimeSpan.FromMinutes(30)).RunAsync(_stop.Token);
        await RoomLab.UntilAsync(() => Task.FromResult(File.Exists(socket) || _helper.IsCompleted));
        Room = await RoomLab.OpenAsync(
            "--listen", WireLab.Appliance + ":7443", "--boot", WireLab.Appliance, "--helper", socket, "--boot-folder", boot, "--client-image", client);
        await Room.DoAsync(
            "boot", "set", "--mode", mode, "--interface", WireLab.Card, "--range", "10.77.0.100-10.77.0.150", "--kernel-parameters", "console=tty1 console=ttyS0", "--boot-language", "en");
    }
}
