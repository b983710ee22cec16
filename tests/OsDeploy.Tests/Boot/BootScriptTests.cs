using System.Globalization;
using System.Security.Cryptography;
using OsDeploy.Api.Boot;
using OsDeploy.Server.Boot;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Boot;

public sealed class BootScriptTests
{
    private const string Server = "10.77.0.1";
    private const string Pin = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static readonly string s_verifier = $"grub.pbkdf2.sha512.210000.{new string('A', 128)}.{new string('0', 128)}";

    private static readonly string[] s_hostile = ["", " ", "a\nb", "a;b", "a&&b", "${x}", "$(x)", "\"", "'", "`x`", "a\0", "(http,evil)/x", "a|b", "x{y}", "\\x", "ä", "a  b", "a "];

    [Fact]
    public void The_first_scripts_are_the_same_for_every_computer()
    {
        Golden.Check(IpxeScript.Entry(Server), "entry-ipxe");
        Golden.Check(GrubScript.Entry(Server), "entry-grub");
    }

    [Theory]
    [InlineData("agent", BootAction.Agent, BootReason.JobApproved)]
    [InlineData("agent-menu", BootAction.AgentMenu, BootReason.UnknownHost)]
    [InlineData("blocked", BootAction.Refuse, BootReason.HostBlocked)]
    [InlineData("unsupported", BootAction.Refuse, BootReason.NotSupported)]
    [InlineData("disk", BootAction.LocalDisk, BootReason.NothingToDo)]
    public void A_decision_is_a_script(string name, object action, object reason)
    {
        var facts = Facts(new BootDecision((BootAction)action, (BootReason)reason, new LocalExit(BiosExit.Disk, UefiExit.Search)));

        Golden.Check(IpxeScript.Of(facts), name + "-ipxe-uefi");
        Golden.Check(IpxeScript.Of(facts with { Firmware = BootFirmware.Bios }), name + "-ipxe-bios");
        Golden.Check(GrubScript.Of(facts), name + "-grub");
    }

    [Theory]
    [InlineData("menu-on-key", false, false, "en")]
    [InlineData("menu-always", true, false, "de")]
    [InlineData("menu-password", true, true, "fr")]
    public void A_menu_is_a_script(string name, bool waits, bool asks, string language)
    {
        var decision = new BootDecision(BootAction.Menu, BootReason.NothingToDo, new LocalExit(BiosExit.Exit, UefiExit.Windows), OffersTool: true, Waits: waits, AsksPassword: asks);

        Golden.Check(IpxeScript.Of(Facts(decision) with { Language = language }), name + "-ipxe");
        Golden.Check(GrubScript.Of(Facts(decision) with { Language = language, Verifier = asks ? s_verifier : null }), name + "-grub");
        Assert.DoesNotMatch("--hotkey=[ce]\\b", GrubScript.Of(Facts(decision) with { Verifier = s_verifier })); // these open GRUB's own command line and editor
    }

    [Theory]
    [InlineData(BootTarget.Menu, "once-menu")]
    [InlineData(BootTarget.Disk, "once-disk")]
    [InlineData(BootTarget.Client, "once-client")]
    public void What_an_operator_said_for_once_is_a_script_that_begins_nothing_by_itself(BootTarget to, string name)
    {
        var known = new BootFacts(
            BootFirmware.Uefi, BootLoader.Grub, IsSupported: true, new BootHost("h1", "r101-pc01", IsBlocked: false), null, BootOptions.None, UnknownHosts.Tool, HasBuild: true, Once: new BootOnce(to, "anna $(reboot)", DateTimeOffset.UnixEpoch));
        var facts = Facts(BootDecision.Of(known));

        Golden.Check(IpxeScript.Of(facts), name + "-ipxe");
        Golden.Check(GrubScript.Of(facts), name + "-grub");
        Assert.DoesNotContain("anna", IpxeScript.Of(facts) + GrubScript.Of(facts), StringComparison.Ordinal);
    }

    [Fact]
    public void A_menu_that_cannot_ask_has_no_tool_and_no_command_line()
    {
        var decision = new BootDecision(BootAction.Menu, BootReason.NothingToDo, new LocalExit(BiosExit.Exit, UefiExit.Windows), AsksPassword: true);

        Golden.Check(GrubScript.Of(Facts(decision)), "menu-locked-grub");
        Assert.DoesNotContain("vmlinuz", GrubScript.Of(Facts(decision with { OffersTool = true })), StringComparison.Ordinal);
    }

    [Fact]
    public void What_grub_compares_with_is_what_its_own_tool_writes()
    {
        var (one, other) = (GrubVerifier.Of("Segel2026x"), GrubVerifier.Of("Segel2026x"));
        var parts = one.Split('.');
        var hash = Rfc2898DeriveBytes.Pbkdf2("Segel2026x", Convert.FromHexString(parts[4]), int.Parse(parts[3], CultureInfo.InvariantCulture), HashAlgorithmName.SHA512, 64);

        Assert.True(GrubVerifier.IsOne(one));
        Assert.NotEqual(one, other);
        Assert.Equal(["grub", "pbkdf2", "sha512"], parts[..3]);
        Assert.True(int.Parse(parts[3], CultureInfo.InvariantCulture) >= 210_000);
        Assert.Equal(Convert.ToHexString(hash), parts[5]);
        Assert.Throws<ArgumentException>(() => Facts(new BootDecision(BootAction.Menu, BootReason.NothingToDo, default)) with { Verifier = one + "\nexit" });
    }

    [Theory]
    [InlineData(BiosExit.Disk, "sanboot --no-describe --drive 0x80 ||\nexit 1\n")]
    [InlineData(BiosExit.SecondDisk, "sanboot --no-describe --drive 0x81 ||\nexit 1\n")]
    [InlineData(BiosExit.Exit, "exit 0\n")]
    public void A_bios_goes_on_to_its_disk_as_it_is_told(BiosExit exit, string end) => Assert.Equal(
        "#!ipxe\n" + end, IpxeScript.Of(Facts(new BootDecision(BootAction.LocalDisk, BootReason.NothingToDo, new LocalExit(exit, UefiExit.Search))) with { Firmware = BootFirmware.Bios }));

    [Theory]
    [InlineData(UefiExit.Windows, @"--filename \EFI\Microsoft\Boot\bootmgfw.efi ||", "/EFI/Microsoft/Boot/bootmgfw.efi")]
    [InlineData(UefiExit.Distribution, @"--filename \EFI\debian\shimx64.efi ||", "/EFI/debian/shimx64.efi")]
    [InlineData(UefiExit.Fallback, @"--filename \EFI\BOOT\BOOTX64.EFI ||", "/EFI/BOOT/BOOTX64.EFI")]
    [InlineData(UefiExit.Exit, "exit 0", "exit")]
    [InlineData(UefiExit.Next, "exit 1", "exit 1")]
    public void Uefi_goes_on_to_its_disk_as_it_is_told(UefiExit exit, string ipxe, string grub)
    {
        var facts = Facts(new BootDecision(BootAction.LocalDisk, BootReason.NothingToDo, new LocalExit(BiosExit.Disk, exit)));

        Assert.Contains(ipxe, IpxeScript.Of(facts), StringComparison.Ordinal);
        Assert.Contains(grub, GrubScript.Of(facts), StringComparison.Ordinal);
    }

    [Fact]
    public void The_fall_back_of_grub_loads_by_tftp_what_the_build_put_there()
    {
        var facts = Facts(new BootDecision(BootAction.Agent, BootReason.JobApproved, default)) with { IsOverTftp = true, Server = "10.77.0.1:8080" };

        Assert.Contains("linux (tftp,10.77.0.1)/0123456789abcdef/vmlinuz quiet", GrubScript.Of(facts), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_a_loader_would_act_on_gets_into_a_script()
    {
        foreach (var text in s_hostile)
        {
            Assert.Throws<ArgumentException>(() => Facts(new BootDecision(BootAction.Agent, BootReason.JobApproved, default)) with { Name = text });
            Assert.Throws<ArgumentException>(() => Facts(new BootDecision(BootAction.Agent, BootReason.JobApproved, default)) with { Server = text });
            Assert.Throws<ArgumentException>(() => Facts(new BootDecision(BootAction.Agent, BootReason.JobApproved, default)) with { Build = text });
            Assert.False(ScriptFacts.IsKernelLine(text), text);
        }
    }

    [Fact]
    public void The_command_line_carries_what_was_set_and_nothing_else()
    {
        var line = new KernelLine("quiet", "https://10.77.0.1:7443", Pin, "b1", BootOptions.None, IsAuto: false, Token: null);

        Assert.Equal($"quiet osdeploy.server=https://10.77.0.1:7443 osdeploy.pin={Pin} osdeploy.boot=b1", line.ToString());
        Assert.Equal(
            $"quiet osdeploy.server=https://10.77.0.1:7443 osdeploy.pin={Pin} osdeploy.boot=b1 osdeploy.token=t osdeploy.auto=1 osdeploy.language=de osdeploy.keyboard=de osdeploy.sleep=5 "
            + "osdeploy.noshell=1 osdeploy.cdebug=1 osdeploy.vlan=12 osdeploy.high-contrast=1 nomodeset",
            (line with
            {
                IsAuto = true,
                Token = "t",
                Options = new BootOptions(Language: "de", Keyboard: "de", Sleep: 5, NoShell: true, Debug: true, Vlan: 12, HighContrast: true, Kernel: "nomodeset"),
            }).ToString());
        Assert.Equal("boot-kernel-length", Assert.Throws<UserErrorException>(() => (line with { Options = new BootOptions(Kernel: new string('x', 2000)) }).ToString()).Code);
    }

    [Fact]
    public void A_host_goes_before_its_configuration_and_that_before_the_appliance_and_all_add_words_for_the_kernel()
    {
        var appliance = new BootOptions(Language: "de", Sleep: 1, Kernel: "a=1");
        var configuration = new BootOptions(Sleep: 2, NoShell: true, Kernel: "b=2");
        var host = new BootOptions(NoShell: false, Kernel: "c=3");

        Assert.Equal(new BootOptions(Language: "de", Sleep: 2, NoShell: false, Kernel: "a=1 b=2 c=3"), host.Over(configuration.Over(appliance)));
    }

    private static ScriptFacts Facts(BootDecision decision) => new()
    {
        Decision = decision,
        Firmware = BootFirmware.Uefi,
        Server = Server,
        Build = "0123456789abcdef",
        KernelLine = "quiet osdeploy.server=https://10.77.0.1:7443",
        Name = "r101-pc01",
    };
}
