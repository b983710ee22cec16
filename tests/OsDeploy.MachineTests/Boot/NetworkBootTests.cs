namespace OsDeploy.MachineTests.Boot;

/// <summary>From the power button to the restored system: nothing is installed on these PCs, and everything they start comes over the wire.</summary>
public sealed class NetworkBootTests
{
    private static readonly TimeSpan s_boot = TimeSpan.FromMinutes(5);

    public NetworkBootTests()
    {
        Root.OrSkip();
        Assert.SkipUnless(Full.IsAsked, "three starts of emulated PCs take minutes: ./build.sh test --full runs it");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_master_is_captured_and_another_computer_starts_what_it_was()
    {
        await using var classroom = await Classroom.OpenAsync("dhcp");
        var room = classroom.Room;
        await StartableDisk.CreateAsync(classroom.PathOf("master.img"), "the master");
        await StartableDisk.EmptyAsync(classroom.PathOf("target.img"));

        await using (var master = classroom.SwitchOn(1, PcFirmware.Uefi, classroom.PathOf("master.img")))
        {
            await master.WaitForAsync("Login", s_boot, Cancel);
            await room.DoAsync("config", "master", "lab", await room.RegisterAsync(1));
            await room.DoAsync("job", "start", "capture", "r101-01", "--yes", "--watch");
        }

        await using (var target = classroom.SwitchOn(2, PcFirmware.Uefi, classroom.PathOf("target.img")))
        {
            await target.WaitForAsync("Login", s_boot, Cancel);
            await room.RegisterAsync(2);
            await room.DoAsync("job", "start", "restore", "r101-02", "--yes", "--watch");
            await room.DoAsync("job", "start", "reboot", "r101-02", "--yes");
            await target.WaitForOffAsync(s_boot, Cancel);
        }

        // Registered, and with nothing to do: the network sends it to its own disk.
        await using var again = classroom.SwitchOn(2, PcFirmware.Uefi, classroom.PathOf("target.img"));
        await again.WaitForAsync(StartableDisk.Marker + "the master", s_boot, Cancel);
    }
}
