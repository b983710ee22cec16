using System.Globalization;
using OsDeploy.Api.Boot;

namespace OsDeploy.Server.Boot;

/// <summary>A decision in the words of iPXE.</summary>
internal static class IpxeScript
{
    private const string Start = "#!ipxe";
    private const int Cards = 8;
    private const int NoticeSeconds = 10;
    private const int KeySeconds = 3;

    // What a PC says of itself. A setting that it does not have is empty; what others wrote into it is encoded by iPXE.
    private static readonly string s_self = string.Concat(
        "mac=${netX/mac:hexhyp}",
        string.Concat(Enumerable.Range(0, Cards).Select(card => string.Create(CultureInfo.InvariantCulture, $"&net{card}=${{net{card}/mac:hexhyp}}"))),
        "&uuid=${uuid}&manufacturer=${manufacturer:uristring}&product=${product:uristring}&serial=${serial:uristring}&platform=${platform}&long=${long}");

    /// <summary>The first script, the same for every PC: it asks for the second with all that tells one from another.</summary>
    public static string Entry(string server) => Lines(
        Start,
        "cpuid --ext 29 && set long 1 || set long 0",
        $"chain --replace {Address(server)}?{s_self} || prompt --timeout {Milliseconds(NoticeSeconds)} osdeploy does not answer. The local disk starts. ||",
        "exit 1");

    public static string Of(ScriptFacts facts) => facts.Decision.Action switch
    {
        BootAction.Agent or BootAction.AgentMenu => Lines([Start, .. Client(facts), $"echo {facts.Text.Failed}", Pause(NoticeSeconds), .. Disk(facts)]),
        BootAction.Menu => Lines([Start, .. Menu(facts), ":disk", .. Disk(facts)]),
        BootAction.Refuse => Lines([Start, $"echo {(facts.Decision.Reason == BootReason.HostBlocked ? facts.Text.Blocked : facts.Text.NotSupported)}", Pause(NoticeSeconds), .. Disk(facts)]),
        BootAction.LocalDisk => Lines([Start, .. Disk(facts)]),
        _ => throw new ArgumentOutOfRangeException(nameof(facts), facts.Decision.Action, "no such action"),
    };

    private static IEnumerable<string> Client(ScriptFacts facts) =>
    [
        $"echo osdeploy: {facts.Name}",
        $"kernel http://{facts.Server}/client/{facts.Build}/vmlinuz initrd=initrd.img {facts.KernelLine} || goto failed",
        $"initrd --name initrd.img http://{facts.Server}/client/{facts.Build}/initrd.img || goto failed",
        "boot ||",
        ":failed",
        "imgfree",
    ];

    private static IEnumerable<string> Menu(ScriptFacts facts)
    {
        if (!facts.Decision.Waits)
        {
            yield return $"prompt --timeout {Milliseconds(KeySeconds)} {facts.Text.PressKey} || goto disk";
        }

        yield return ":menu";
        yield return $"menu osdeploy {facts.Name}{(facts.Decision.Reason == BootReason.PasswordWrong ? " - " + facts.Text.WrongPassword : "")}";
        yield return $"item --key l disk {facts.Text.Disk}";
        yield return $"item --key c tool {facts.Text.Tool}";
        yield return $"choose --default disk --timeout {Milliseconds(facts.Seconds)} chosen && goto ${{chosen}} || goto disk";
        yield return ":tool";
        yield return "cpuid --ext 29 && set long 1 || set long 0";
        if (facts.Decision.AsksPassword)
        {
            yield return "login || goto menu";
        }

        var password = facts.Decision.AsksPassword ? "&password=${password:uristring}" : "";
        yield return $"chain --replace {Address(facts.Server)}?{s_self}&wish=tool{password} || goto menu";
    }

    // A loader that is not there fails, and the next line tries another; one that starts never comes back.
    private static IEnumerable<string> Disk(ScriptFacts facts) => (facts.Firmware, facts.Decision.Exit) switch
    {
        (BootFirmware.Bios, { Bios: BiosExit.Disk }) => ["sanboot --no-describe --drive 0x80 ||", "exit 1"],
        (BootFirmware.Bios, { Bios: BiosExit.SecondDisk }) => ["sanboot --no-describe --drive 0x81 ||", "exit 1"],
        (BootFirmware.Bios, _) => ["exit 0"],
        (_, { Uefi: UefiExit.Exit }) => ["exit 0"],
        (_, { Uefi: var exit }) => [.. LocalDisk.Of(exit).Select(path => $"sanboot --no-describe --drive 0x80 --filename {path.Replace('/', '\\')} ||"), "exit 1"],
    };

    private static string Address(string server) => $"http://{server}/boot.ipxe";

    private static string Pause(int seconds) => string.Create(CultureInfo.InvariantCulture, $"sleep {seconds}");

    private static string Milliseconds(int seconds) => (seconds * 1000).ToString(CultureInfo.InvariantCulture);

    private static string Lines(params IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
