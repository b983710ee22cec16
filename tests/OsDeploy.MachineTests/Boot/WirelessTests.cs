using OsDeploy.Boot;
using OsDeploy.ImageBuilder;
using OsDeploy.Lab.Pcs;
using OsDeploy.MachineTests.Rooms;

namespace OsDeploy.MachineTests.Boot;

/// <summary>A PC that is started from <c>osdeploy-client.iso</c> with Wi-Fi, and has no cable.</summary>
public sealed class WirelessTests : IDisposable
{
    private static readonly string s_medium = Path.GetFullPath($"{ClientImageFiles.Folder}/../../{ClientMedium.Name}");
    private static readonly TimeSpan s_boot = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan s_step = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osd-air-");

    public WirelessTests()
    {
        ClientImageFiles.OrSkip();
        Assert.SkipUnless(File.Exists(s_medium), "there is no medium: run ./build.sh client --iso");
        Assert.SkipUnless(Full.IsAsked, "it needs packages of an access point: ./build.sh test --full fetches them");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_computer_without_a_cable_joins_a_network_by_its_key_and_finds_its_appliance()
    {
        Root.OrSkip();
        await using var room = await RoomLab.OpenAsync();
        await using var pc = QemuPc.SwitchOn(_folder.FullName, new PcParts("pc1")
        {
            Memory = StartMedium.WirelessMemory,
            Kernel = await new AirLab(_folder.FullName).KernelAsync(s_medium, "osdeploy.language=en"),
            Cards = [new PcCard("52:54:00:00:00:41")],
        });

        // Nobody had to press a key: there is no cable.
        await pc.WaitForAsync("Press Enter to choose a Wi-Fi network", s_boot, Cancel);
        await pc.WaitForAsync("1 Sch?[2Jule", s_step, Cancel);
        await pc.WaitForAsync("Number [1]:", s_step, Cancel);
        await pc.TypeAsync("1\r", Cancel);
        await pc.WaitForAsync("Key:", s_step, Cancel);
        await pc.TypeAsync("eighteen quiet owls\r", Cancel);
        await pc.WaitForAsync("does not accept this key.   [wireless-key]", s_step, Cancel);
        await pc.TypeAsync(AirLab.Key + "\r", Cancel);
        await pc.WaitForAsync("Joined Sch?[2Jule.", s_step, Cancel);

        await pc.WaitForAsync("Address of the osdeploy appliance", s_step, Cancel);
        await pc.TypeAsync(room.Url.Replace("127.0.0.1", "10.0.2.2", StringComparison.Ordinal) + "\r", Cancel);
        await pc.WaitForAsync("the same four words?", s_step, Cancel);
        await pc.TypeAsync("yes\r", Cancel);
        await pc.WaitForAsync("Login", s_step, Cancel);

        Assert.Single((await room.AskAsync("host", "list", "--pending")).EnumerateArray());
        Assert.DoesNotContain(AirLab.Key, pc.Serial, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_computer_that_knows_its_appliance_is_asked_for_the_network_alone()
    {
        Root.OrSkip();
        await using var room = await RoomLab.OpenAsync();
        var known = $"osdeploy.language=en osdeploy.server={room.Url.Replace("127.0.0.1", "10.0.2.2", StringComparison.Ordinal)} osdeploy.pin={room.Pin}";
        await using var pc = QemuPc.SwitchOn(_folder.FullName, new PcParts("pc1")
        {
            Memory = StartMedium.WirelessMemory,
            Kernel = await new AirLab(_folder.FullName, keys: "SAE").KernelAsync(s_medium, known),
            Cards = [new PcCard("52:54:00:00:00:41")],
        });

        await pc.WaitForAsync("Number [1]:", s_boot, Cancel);
        await pc.TypeAsync("1\r", Cancel);
        await pc.WaitForAsync("Key:", s_step, Cancel);
        await pc.TypeAsync("eighteen quiet owls\r", Cancel);
        await pc.WaitForAsync("   [wireless-", s_step, Cancel);
        await pc.TypeAsync(AirLab.Key + "\r", Cancel);
        await pc.WaitForAsync("Joined Sch?[2Jule.", s_step, Cancel);
        await pc.WaitForAsync("Login", s_step, Cancel);

        Assert.Single((await room.AskAsync("host", "list", "--pending")).EnumerateArray());
        Assert.DoesNotContain("Address of the osdeploy appliance", pc.Serial, StringComparison.Ordinal);
        Assert.DoesNotContain(AirLab.Key, pc.Serial, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_menu_of_the_medium_brings_what_wireless_cards_need()
    {
        await using var pc = QemuPc.SwitchOn(_folder.FullName, new PcParts("pc1")
        {
            Memory = StartMedium.WirelessMemory,
            Disks = [new PcDisk(s_medium, "STICK")],
        });
        await ClientMediumTests.ChooseAsync(pc, "0", "no wireless card that is known here", s_boot);
    }

    [Fact]
    public async Task Too_little_memory_for_it_is_said_in_words_and_a_cable_still_works()
    {
        await using var pc = QemuPc.SwitchOn(_folder.FullName, new PcParts("pc1")
        {
            Memory = 400, // the image has room, and its second part has not
            Kernel = await new AirLab(_folder.FullName).KernelAsync(s_medium, "osdeploy.language=en"),
            Cards = [new PcCard("52:54:00:00:00:41")],
        });
        await pc.WaitForAsync("too little memory for Wi-Fi: 768 MiB are needed", s_boot, Cancel);
        await pc.WaitForAsync("Address of the osdeploy appliance", s_step, Cancel);
    }
}
