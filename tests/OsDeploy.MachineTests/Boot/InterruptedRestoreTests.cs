using System.Text.Json;
using OsDeploy.Lab.Disks;
using OsDeploy.Lab.Pcs;
using OsDeploy.MachineTests.Rooms;

namespace OsDeploy.MachineTests.Boot;

/// <summary>What happens at 7:50: somebody pulls a plug while a computer is being restored.</summary>
public sealed class InterruptedRestoreTests
{
    private const long Half = 40L << 20;
    private static readonly TimeSpan s_whole = TimeSpan.FromMinutes(15);

    public InterruptedRestoreTests()
    {
        ClientImageFiles.OrSkip();
        Assert.SkipUnless(Full.IsAsked, "restores of emulated PCs take minutes: ./build.sh test --full runs it");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_computer_whose_plug_was_pulled_finishes_by_itself_when_it_is_switched_on()
    {
        await using var classroom = await TestClassroom.OpenAsync(hasSchool: false, PcFirmware.Uefi, PcFirmware.Uefi);
        await StartRestoreAsync(classroom);
        var pc = classroom.Lab.Pc(2);
        _ = pc.SwitchOn();
        await RoomLab.UntilAsync(async () => await WrittenAsync(classroom) > Half);
        await pc.SwitchOffAsync();
        await pc.SwitchOn().WaitForAsync(LabLinux.Marker + TestClassroom.NameOf(2), s_whole, Cancel);
        await CompareAsync(classroom);
    }

    [Fact]
    public async Task A_restore_survives_a_server_that_is_killed_and_comes_back()
    {
        await using var classroom = await TestClassroom.OpenAsync(hasSchool: false, PcFirmware.Uefi, PcFirmware.Uefi);
        await StartRestoreAsync(classroom);
        var pc = classroom.Lab.Pc(2).SwitchOn();
        await RoomLab.UntilAsync(async () => await WrittenAsync(classroom) > Half);
        await classroom.Local.KillDaemonAsync();
        await classroom.Local.StartDaemonAsync();
        await pc.WaitForAsync(LabLinux.Marker + TestClassroom.NameOf(2), s_whole, Cancel);
        await CompareAsync(classroom);
    }

    // The master's disk is captured from here: what is tried is the other PC.
    private static async Task StartRestoreAsync(TestClassroom classroom)
    {
        var master = classroom.Lab.Pc(1);
        await master.PutMasterDiskAsync(classroom.Lab.Plan.Programs.Client, Cancel);
        await classroom.Appliance.DoAsync("capture", master.DiskFile, "--store", classroom.Local.Server, "--image", TestClassroom.Configuration);
        await classroom.Appliance.DoAsync("job", "start", "restore", await classroom.RegisterAsync(2), "--allow-other-firmware", "--yes");
    }

    private static async Task<long> WrittenAsync(TestClassroom classroom)
    {
        var view = Assert.Single((await classroom.Appliance.AskAsync("job", "list")).EnumerateArray());
        Assert.Null(view.GetProperty("job").GetProperty("outcome").GetString());
        return view.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress && progress.GetProperty("phase").GetString() == "write" ? progress.GetProperty("done").GetInt64() : 0;
    }

    private static async Task CompareAsync(TestClassroom classroom)
    {
        var view = Assert.Single((await classroom.Appliance.AskAsync("job", "list")).EnumerateArray());
        Assert.Equal("Verified", view.GetProperty("job").GetProperty("outcome").GetString());
        await classroom.Lab.Pc(2).SwitchOffAsync();
        Assert.Equal(await PartitionFiles.OfDiskAsync(classroom.Lab.Pc(1).DiskFile, Cancel), await PartitionFiles.OfDiskAsync(classroom.Lab.Pc(2).DiskFile, Cancel));
    }
}
