using System.CommandLine;
using OsDeploy.Api.Boot;

namespace OsDeploy.Cli.Verbs.Boot;

/// <summary>How computers start: the same options for the appliance, a configuration and a host.</summary>
internal sealed class BootOptionSet
{
    private const int MostSeconds = 600;
    private const int MostVlan = 4094;

    private readonly Option<BiosExit?> _bios = VerbOptions.Choice<BiosExit>("--bios-exit", "How a PC with a BIOS goes on to its own disk", "WAY");
    private readonly Option<UefiExit?> _uefi = VerbOptions.Choice<UefiExit>("--uefi-exit", "How a PC with UEFI goes on to its own disk", "WAY");
    private readonly Option<UefiLoader?> _loader = VerbOptions.Choice<UefiLoader>("--loader", "What UEFI loads; only shim works with Secure Boot", "LOADER");
    private readonly Option<BootMenu?> _menu = VerbOptions.Choice<BootMenu>("--menu", "When the menu is shown", "WHEN");
    private readonly Option<string?> _build = VerbOptions.Text("--build", "Client build to start from; \"\" takes the current one.", "ID");
    private readonly Option<string?> _language = VerbOptions.Text("--boot-language", "Language of the client: de, en, fr.", "LANGUAGE");
    private readonly Option<string?> _keyboard = VerbOptions.Text("--keyboard", "Keyboard of the client: de, us, fr, uk.", "KEYBOARD");
    private readonly Option<int?> _sleep = VerbOptions.Number("--sleep", "Seconds to wait after each step, to photograph errors.", 0, MostSeconds);
    private readonly Option<string?> _noShell = VerbOptions.YesNo("--no-shell", "No root shell at the computer.");
    private readonly Option<string?> _debug = VerbOptions.YesNo("--debug", "Stop at milestones.");
    private readonly Option<int?> _vlan = VerbOptions.Number("--vlan", "VLAN of the client; 0: none.", 0, MostVlan);
    private readonly Option<string?> _contrast = VerbOptions.YesNo("--high-contrast", "Start with high contrast.");
    private readonly Option<string?> _kernel = VerbOptions.Text("--kernel-parameters", "More words for the client's kernel; \"\" takes them away.", "\"WORD ...\"");
    private readonly Option<bool> _reset = VerbOptions.Flag("--boot-reset", "Take back all options about starting that were set here, before the others.");

    public IEnumerable<Symbol> All => [_bios, _uefi, _loader, _menu, _build, _language, _keyboard, _sleep, _noShell, _debug, _vlan, _contrast, _kernel, _reset];

    /// <returns>All options as they are to be; null: none was named.</returns>
    /// <param name="before">Null: there are none.</param>
    public BootOptions? Of(ParseResult parsed, BootOptions? before)
    {
        var given = new BootOptions(
            parsed.GetValue(_bios),
            parsed.GetValue(_uefi),
            parsed.GetValue(_loader),
            parsed.GetValue(_menu),
            parsed.GetValue(_build),
            parsed.GetValue(_language),
            parsed.GetValue(_keyboard),
            parsed.GetValue(_sleep),
            parsed.GetYesNo(_noShell),
            parsed.GetYesNo(_debug),
            parsed.GetValue(_vlan),
            parsed.GetYesNo(_contrast),
            parsed.GetValue(_kernel));
        var isReset = parsed.GetValue(_reset);
        if (given == BootOptions.None && !isReset)
        {
            return null;
        }

        var basis = isReset || before is null ? BootOptions.None : before;
        var all = given.Over(basis);
        return all with { Build = all.Build is "" ? null : all.Build, Kernel = given.Kernel ?? basis.Kernel };
    }
}
