using OsDeploy.Api;
using OsDeploy.ImageBuilder;
using OsDeploy.Lab.Pcs;
using OsDeploy.MachineTests.Rooms;

namespace OsDeploy.MachineTests.Boot;

/// <summary>A PC that is started from <c>osdeploy-client.iso</c>, which nobody has told where its appliance is.</summary>
public sealed class ClientMediumTests : IDisposable
{
    private static readonly string s_medium = Path.GetFullPath($"{ClientImageFiles.Folder}/../../{ClientMedium.Name}");
    private static readonly TimeSpan s_boot = TimeSpan.FromMinutes(10); // GRUB reads a disc slowly under emulated Secure Boot

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osd-pc-");

    public ClientMediumTests()
    {
        ClientImageFiles.OrSkip();
        Assert.SkipUnless(File.Exists(s_medium), "there is no medium: run ./build.sh client --iso");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Bios")]
    [InlineData("SecureBoot")]
    public async Task A_computer_started_from_a_stick_asks_for_its_appliance_and_does_not_offer_the_stick(string firmware)
    {
        await using var room = await RoomLab.OpenAsync();
        var disk = Path.Combine(_folder.FullName, "disk");
        await using (var file = File.Create(disk))
        {
            file.SetLength(64 << 20);
        }

        await using var pc = QemuPc.SwitchOn(_folder.FullName, new PcParts("pc1")
        {
            Firmware = Enum.Parse<PcFirmware>(firmware),
            Cards = [new PcCard("52:54:00:00:00:31")],
            Disks = [new PcDisk(s_medium, "STICK"), new PcDisk(disk, "DISK")],
        });
        await ChooseAsync(pc, "5", "osdeploy", s_boot);
        await pc.WaitForAsync("Address of the osdeploy appliance", s_boot, Cancel);
        await pc.TypeAsync(room.Url.Replace("127.0.0.1", "10.0.2.2", StringComparison.Ordinal) + "\r", Cancel);
        await pc.WaitForAsync("the same four words?", s_boot, Cancel);
        Assert.Contains(ServerKey.TryParse(room.Pin, out var key) ? key.Words : "?", pc.Serial, StringComparison.Ordinal);
        Assert.Empty((await room.AskAsync("host", "list", "--pending")).EnumerateArray());

        await pc.TypeAsync("yes\r", Cancel);
        await pc.WaitForAsync("Login", s_boot, Cancel);
        var pending = Assert.Single((await room.AskAsync("host", "list", "--pending")).EnumerateArray()).ToString();
        Assert.Contains("\"DISK\"", pending, StringComparison.Ordinal);
        Assert.DoesNotContain("STICK", pending, StringComparison.Ordinal);
    }

    // The menu is on the screen alone; the key does nothing before and after.
    internal static async Task ChooseAsync(QemuPc pc, string key, string shown, TimeSpan patience)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!pc.Serial.Contains(shown, StringComparison.Ordinal))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < patience, "What is to start does not come over the serial line.");
            await TryPressAsync(pc, key);
            await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        }
    }

    private static async Task TryPressAsync(QemuPc pc, string key)
    {
        try
        {
            await pc.CommandAsync("sendkey " + key, Cancel);
        }
        catch (UserErrorException e) when (e.Code == "lab-pc-not-ready")
        {
            // It is being switched on.
        }
    }
}
