using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Cli.Login;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Boot;

internal sealed class BootSetVerb : ServerVerb
{
    private const int MostMinutes = 10_080;
    private const int MostSeconds = 300;
    private const int MostBuilds = 50;

    private readonly Option<BootMode?> _mode = VerbOptions.Choice<BootMode>("--mode", "What the appliance does about DHCP; proxy stands beside the school's own server", "MODE");
    private readonly Option<string?> _interface = VerbOptions.Text("--interface", "Network card of the appliance that is served.", "IF");
    private readonly Option<string?> _range = VerbOptions.Text("--range", "With dhcp: addresses that are given out.", "FIRST-LAST");
    private readonly Option<int?> _lease = VerbOptions.Number("--lease", "Minutes for which an address is given.", 2, MostMinutes);
    private readonly Option<string?> _router = VerbOptions.Text("--router", "Router that computers are told; \"\": none.", "ADDRESS");
    private readonly Option<string[]> _dns = VerbOptions.Texts("--dns", "Name server that computers are told; \"\": none.", "ADDRESS");
    private readonly Option<string?> _reservations = VerbOptions.YesNo("--reservations", "Keep the address in a host's details for it.");
    private readonly Option<UnknownHosts?> _unknown = VerbOptions.Choice<UnknownHosts>("--unknown", "What computers get that nobody has registered", "WHAT");
    private readonly Option<int?> _menuSeconds = VerbOptions.Number("--menu-seconds", "How long a menu is shown.", 1, MostSeconds);
    private readonly Option<string?> _menuPassword = VerbOptions.Text("--menu-password-file", "File whose first line is asked for before the tool starts from the menu; \"\": nothing is. It travels in clear.", "FILE");
    private readonly Option<string[]> _rule = VerbOptions.Texts("--rule", "What computers at some addresses get, instead of all rules there are; \"\": none.", BootRuleText.Syntax);
    private readonly Option<string[]> _model = VerbOptions.Texts("--model", "How a model goes on to its disk, instead of all there are; \"\": none.", ModelExitText.Syntax);
    private readonly Option<int?> _keep = VerbOptions.Number("--keep-builds", "Client builds that are kept.", 1, MostBuilds);
    private readonly Option<bool> _force = VerbOptions.Flag("--force", "Be a DHCP server although another one answers.");
    private readonly Option<bool> _preview = VerbOptions.Flag("--preview", "Only show what would be, with the configuration of dnsmasq.");
    private readonly BootOptionSet _options = new();

    public BootSetVerb(Session session)
        : base(
            session,
            "set",
            "Change how computers start over the network.",
            "boot set --mode proxy --interface eth1",
            "boot set --mode dhcp --interface eth1 --range 10.0.0.100-10.0.0.200 --router 10.0.0.1 --preview",
            "boot set --menu always --menu-seconds 10 --boot-language de",
            "boot set --rule 10.0.5.1-10.0.5.99:build=0123456789abcdef",
            "boot set --model Dell/OptiPlex:bios=exit,uefi=windows",
            "boot set --mode off") =>
        Asks([_mode, _interface, _range, _lease, _router, _dns, _reservations, _unknown, _menuSeconds, _menuPassword, _rule, _model, _keep, .. _options.All, _force, _preview]);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var (before, rev) = await server.CallAsync(BootApi.Settings, cancel);
        var after = Changed(parsed, before);
        if (after == before && !parsed.GetValue(_preview))
        {
            throw ServerErrors.UsageNothingToChange();
        }

        var answer = await server.CallAsync(BootApi.Change, new BootSettingsChange(after, rev, parsed.GetValue(_preview), parsed.GetValue(_force)), cancel);
        Print(parsed, answer, CliJson.Default.BootSettingsAnswer, writer => BootText.Write(writer, answer, parsed.GetValue(_preview), Session.Clock));
        return answer.Notes.Count == 0 ? ExitCode.Done : ExitCode.DoneWithWarnings;
    }

    private BootSettings Changed(ParseResult parsed, BootSettings before)
    {
        var range = TypedBoot.Range("--range", parsed.GetValue(_range));
        return before with
        {
            Mode = parsed.GetValue(_mode) ?? before.Mode,
            Interface = parsed.GetValue(_interface) ?? before.Interface,
            RangeFirst = range?.First ?? before.RangeFirst,
            RangeLast = range?.Last ?? before.RangeLast,
            LeaseMinutes = parsed.GetValue(_lease) ?? before.LeaseMinutes,
            Router = parsed.GetValue(_router) is { } router ? router.Length == 0 ? null : router : before.Router,
            Dns = parsed.GetValue(_dns) is { Length: > 0 } dns ? [.. dns.Where(one => one.Length > 0)] : before.Dns,
            Reservations = parsed.GetYesNo(_reservations) ?? before.Reservations,
            Unknown = parsed.GetValue(_unknown) ?? before.Unknown,
            MenuSeconds = parsed.GetValue(_menuSeconds) ?? before.MenuSeconds,
            MenuPassword = parsed.GetValue(_menuPassword) is { } file ? file.Length == 0 ? null : SecretFile.ReadLine(file) : before.MenuPassword,
            Rules = parsed.GetValue(_rule) is { Length: > 0 } rules ? [.. rules.Where(one => one.Length > 0).Select(TypedBoot.Rule)] : before.Rules,
            Models = parsed.GetValue(_model) is { Length: > 0 } models ? [.. models.Where(one => one.Length > 0).Select(TypedBoot.Model)] : before.Models,
            KeepBuilds = parsed.GetValue(_keep) ?? before.KeepBuilds,
            Options = _options.Of(parsed, before.Options) ?? before.Options,
        };
    }
}
