using OsDeploy.Lab.Pcs;
using OsDeploy.ImageBuilder.Appliance;

namespace OsDeploy.MachineTests.Boot;

/// <summary>The appliance, started from its stick.</summary>
public sealed class ApplianceMediumTests : IDisposable
{
    private const int Memory = 1536;
    private static readonly string s_medium = Path.GetFullPath($"{ClientImageFiles.Folder}/../../{ApplianceImage.Name}");
    private static readonly TimeSpan s_boot = TimeSpan.FromMinutes(10); // GRUB reads a disc slowly under emulated Secure Boot

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osd-ap-");

    public ApplianceMediumTests()
    {
        ClientImageFiles.OrSkip();
        Assert.SkipUnless(File.Exists(s_medium), "there is no appliance: run ./build.sh iso");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Bios")]
    [InlineData("SecureBoot")]
    public async Task An_appliance_without_a_data_volume_starts_into_its_first_questions(string firmware)
    {
        var data = Path.Combine(_folder.FullName, "data");
        await using (var file = File.Create(data))
        {
            file.SetLength(1L << 30);
        }

        await using var appliance = QemuPc.SwitchOn(_folder.FullName, new PcParts("appliance")
        {
            Firmware = Enum.Parse<PcFirmware>(firmware),
            Memory = Memory,
            Cards = [new PcCard("52:54:00:00:00:41")],
            Disks = [new PcDisk(s_medium, "STICK"), new PcDisk(data, "DATA")],
        });

        await appliance.WaitForAsync("English", s_boot, Cancel);
    }
}
