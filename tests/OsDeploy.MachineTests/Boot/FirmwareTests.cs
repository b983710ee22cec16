using OsDeploy.Lab.Pcs;

namespace OsDeploy.MachineTests.Boot;

/// <summary>The ways into the network that take minutes, and those that must be refused.</summary>
public sealed class FirmwareTests
{
    // The card's own program is an older one.
    private const string UndionlyBanner = "iPXE 1.2";

    private static readonly TimeSpan s_boot = TimeSpan.FromMinutes(10);

    public FirmwareTests()
    {
        ClientImageFiles.OrSkip();
        Assert.SkipUnless(Full.IsAsked, "rare firmware takes minutes: ./build.sh test --full runs it");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Uefi")]
    [InlineData("SecureBoot")]
    public async Task Uefi_starts_by_http_where_the_appliance_gives_the_addresses(string firmware)
    {
        await using var classroom = await TestClassroom.OpenAsync(hasSchool: false, Enum.Parse<PcFirmware>(firmware));
        var pc = classroom.Lab.Pc(1).SwitchOn(parts => parts with { HasOnlyHttp = true });
        await pc.WaitForAsync("Start HTTP Boot over IPv4", s_boot, Cancel);
        await pc.WaitForAsync("Login", s_boot, Cancel);
    }

    // The card's own program is iPXE here and needs no other: it is told to start what a card's own PXE starts.
    [Fact]
    public async Task A_bios_comes_to_the_screens_through_undionly()
    {
        await using var classroom = await TestClassroom.OpenAsync(hasSchool: false, PcFirmware.Bios);
        var pc = classroom.Lab.Pc(1).SwitchOn();
        await pc.WaitForAsync("Press Ctrl-B", s_boot, Cancel);
        await pc.TypeAsync("\x02", Cancel);
        await pc.WaitForAsync("iPXE>", s_boot, Cancel);
        var before = pc.Serial.Length;
        await pc.TypeAsync("dhcp && chain tftp://10.77.0.1/undionly.kpxe\r", Cancel);
        await pc.WaitForAsync(UndionlyBanner, s_boot, Cancel, before);
        await pc.WaitForAsync("Login", s_boot, Cancel, before);
    }

    [Fact]
    public async Task Beside_a_school_uefi_starts_by_pxe()
    {
        await using var classroom = await TestClassroom.OpenAsync(hasSchool: true, PcFirmware.Uefi);
        var pc = classroom.Lab.Pc(1).SwitchOn();
        await pc.WaitForAsync("Start PXE over IPv4", s_boot, Cancel);
        await pc.WaitForAsync("Login", s_boot, Cancel);
    }

    // iPXE as Debian builds it is not signed: a PC whose MAC is given it must refuse.
    [Fact]
    public async Task Secure_boot_refuses_a_loader_that_nobody_has_signed()
    {
        await using var classroom = await TestClassroom.OpenAsync(hasSchool: false, PcFirmware.SecureBoot);
        await classroom.Appliance.DoAsync("host", "set", await classroom.RegisterAsync(1), "--loader", "ipxe");
        var pc = classroom.Lab.Pc(1).SwitchOn();
        await pc.WaitForAsync("NBP filename is snponly.efi", s_boot, Cancel);
        await pc.WaitForAsync("Access Denied", s_boot, Cancel);
        Assert.DoesNotContain("iPXE", pc.Serial, StringComparison.Ordinal);
    }
}
