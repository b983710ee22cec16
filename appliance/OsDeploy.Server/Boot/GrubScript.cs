using System.Globalization;
using OsDeploy.Api.Boot;

namespace OsDeploy.Server.Boot;

/// <summary>A decision in the words of GRUB, which only PCs with UEFI load.</summary>
internal static class GrubScript
{
    private const int NoticeSeconds = 10;
    private const int KeySeconds = 3;

    // C and E are keys of GRUB's own, whatever an entry says.
    private const string ToolKey = "t";

    // A script that decided something sets it, so that what stands below its source line is not read as well.
    private const string Decided = "osdeploy";

    /// <summary>
    /// The first script, the same for every PC and served by TFTP and HTTP. GRUB's HTTP may fail on a PC that has just been reset: then the
    /// files beside this one say what was decided last.
    /// </summary>
    public static string Entry(string server) => Lines(
        "set timeout=0",
        "smbios --type 1 --get-uuid 8 --set osdeploy_uuid",
        $"source \"(http,{server})/boot.grub?mac=$net_default_mac&uuid=$osdeploy_uuid&platform=$grub_platform&cpu=$grub_cpu\"",
        $"if [ \"${Decided}\" != 1 ]; then source \"$prefix/mac/$net_default_mac.cfg\"; fi",
        $"if [ \"${Decided}\" != 1 ]; then source \"$prefix/default.cfg\"; fi",
        $"if [ \"${Decided}\" != 1 ]; then exit; fi");

    public static string Of(ScriptFacts facts) => facts.Decision.Action switch
    {
        BootAction.Agent or BootAction.AgentMenu => Lines([.. ClientElseDisk(facts)]),
        BootAction.Menu => Lines([Set, .. Menu(facts)]),
        BootAction.Refuse => Lines([Set, $"echo \"{(facts.Decision.Reason == BootReason.HostBlocked ? facts.Text.Blocked : facts.Text.NotSupported)}\"", Pause(NoticeSeconds), .. Disk(facts)]),
        BootAction.LocalDisk => Lines([Set, .. Disk(facts)]),
        _ => throw new ArgumentOutOfRangeException(nameof(facts), facts.Decision.Action, "no such action"),
    };

    private static string Set => $"set {Decided}=1";

    private static IEnumerable<string> ClientElseDisk(ScriptFacts facts) => [.. Client(facts), Set, $"echo \"{facts.Text.Failed}\"", Pause(NoticeSeconds), .. Disk(facts)];

    private static IEnumerable<string> Client(ScriptFacts facts)
    {
        var from = facts.IsOverTftp ? $"(tftp,{facts.Server.Split(':')[0]})/{facts.Build}" : $"(http,{facts.Server})/client/{facts.Build}";
        return
        [
            $"echo \"osdeploy: {facts.Name}\"",
            $"if linux {from}/vmlinuz {facts.KernelLine}; then if initrd {from}/initrd.img; then {Set}; boot; fi; fi",
        ];
    }

    private static IEnumerable<string> Menu(ScriptFacts facts)
    {
        yield return "set default=0";
        yield return Number("set timeout=", facts.Decision.Waits ? facts.Seconds : KeySeconds);
        yield return facts.Decision.Waits ? "set timeout_style=menu" : "set timeout_style=countdown";
        if (!facts.Decision.Waits)
        {
            yield return $"echo \"{facts.Text.PressKey} (Esc)\"";
        }

        if (!facts.Decision.AsksPassword)
        {
            yield return Entry(facts.Text.Disk, "l", Disk(facts));
            yield return Entry(facts.Text.Tool, ToolKey, [$"source \"(http,{facts.Server})/boot.grub?mac=$net_default_mac&uuid=$osdeploy_uuid&platform=$grub_platform&cpu=$grub_cpu&wish=tool\""]);
            yield break;
        }

        // With a superuser named, changing an entry and GRUB's own command line need the password as well.
        yield return $"set superusers=\"{GrubVerifier.User}\"";
        yield return Entry(facts.Text.Disk, "l --unrestricted", Disk(facts));
        if (facts is { Decision.OffersTool: true, Verifier: { } verifier })
        {
            yield return $"password_pbkdf2 {GrubVerifier.User} {verifier}";
            yield return Entry($"{facts.Text.Tool} ({facts.Text.Name}: {GrubVerifier.User})", ToolKey, ClientElseDisk(facts));
        }
        else
        {
            yield return Entry(facts.Text.NeedsJob, ToolKey + " --unrestricted", Disk(facts));
        }
    }

    private static string Entry(string title, string options, IEnumerable<string> lines) =>
        $"menuentry \"{title}\" --hotkey={options} {{\n{string.Concat(lines.Select(line => $"  {line}\n"))}}}";

    private static IEnumerable<string> Disk(ScriptFacts facts) =>
        [.. LocalDisk.Of(facts.Decision.Exit.Uefi).SelectMany(Chain), facts.Decision.Exit.Uefi == UefiExit.Exit ? "exit" : "exit 1"];

    private static IEnumerable<string> Chain(string path) =>
    [
        "unset disk",
        $"search --no-floppy --file --set=disk {path}",

        // With the disk only in the name, the loader is told that it came over the network, and looks there for the rest of itself.
        $"if [ -n \"$disk\" ]; then set root=\"$disk\"; chainloader {path}; boot; fi",
    ];

    private static string Pause(int seconds) => Number("sleep ", seconds);

    private static string Number(string before, int number) => before + number.ToString(CultureInfo.InvariantCulture);

    private static string Lines(params IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
