using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Carousels;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Carousels;

internal sealed class CarouselSettingsVerb : ServerVerb
{
    private const int MostPort = 65_520;
    private const int MostTtl = 32;

    private readonly Option<MulticastMode?> _mode = VerbOptions.Choice<MulticastMode>("--mode", "How a room is served at once; broadcast is for switches that break multicast, off serves each host by HTTPS", "MODE");
    private readonly Option<string?> _interface = VerbOptions.Text("--interface", "Network card of the appliance that sends; \"\": the one that serves PCs.", "IF");
    private readonly Option<string?> _group = VerbOptions.Text("--group", "First of 16 multicast addresses.", "ADDRESS");
    private readonly Option<int?> _port = VerbOptions.Number("--port", "First of 16 UDP ports.", 1024, MostPort);
    private readonly Option<int?> _ttl = VerbOptions.Number("--ttl", "1 stays in the network of the appliance; each router on the way needs one more.", 1, MostTtl);
    private readonly Option<long?> _limit = VerbOptions.Rate("--limit", "Send at most so much a second; 0: as much as the median host takes.");
    private readonly Option<string?> _querier = new Option<string?>("--querier")
    {
        Description = "Ask the hosts for their groups every minute: for switches that look at IGMP where no router asks.",
        HelpName = "on|off",
    }.AcceptOnlyFromAmong("on", "off");

    public CarouselSettingsVerb(Session session)
        : base(
            session,
            "settings",
            "Show or change how rooms are served at once. Holds for carousels that begin from now on.",
            "carousel settings",
            "carousel settings --mode broadcast",
            "carousel settings --interface eth1 --limit 60MB --querier on") =>
        Asks(_mode, _interface, _group, _port, _ttl, _limit, _querier);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var before = await server.CallAsync(CarouselApi.Settings, cancel);
        var wanted = Changed(parsed, before);
        var settings = wanted == before ? before : await server.CallAsync(CarouselApi.ChangeSettings, wanted, cancel);
        Print(parsed, settings, CliJson.Default.MulticastSettings, writer => CarouselText.Write(writer, settings));
        return ExitCode.Done;
    }

    private MulticastSettings Changed(ParseResult parsed, MulticastSettings before) => before with
    {
        Mode = parsed.GetValue(_mode) ?? before.Mode,
        Interface = parsed.GetValue(_interface) is { } name ? name.Length == 0 ? null : name : before.Interface,
        Group = parsed.GetValue(_group) ?? before.Group,
        Port = parsed.GetValue(_port) ?? before.Port,
        Ttl = parsed.GetValue(_ttl) ?? before.Ttl,
        MostBytesPerSecond = parsed.GetValue(_limit) ?? before.MostBytesPerSecond,
        Querier = parsed.GetValue(_querier) is { } querier ? querier == "on" : before.Querier,
    };
}
