using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;
using OsDeploy.SetUp;

namespace OsDeploy.Cli.Verbs.Appliance;

internal sealed class ApplianceSettingsVerb : ServerVerb
{
    private const string ByDhcp = "dhcp";

    private readonly Option<string?> _name = VerbOptions.Text("--host-name", "What the appliance is called in its network.", "NAME");
    private readonly Option<string?> _zone = VerbOptions.Text("--time-zone", "As the zone database names it: Europe/Berlin.", "NAME");
    private readonly Option<string?> _language = VerbOptions.Text("--language", "Of the screens at the appliance itself: en, de, fr.", "LANGUAGE");
    private readonly Option<string?> _keyboard = VerbOptions.Text("--keyboard", "Of the appliance itself: us, uk, de, ch, fr.", "KEYBOARD");
    private readonly Option<string?> _interface = VerbOptions.Text("--interface", "Network card that the appliance is reached over.", "IF");
    private readonly Option<string?> _address = VerbOptions.Text("--address", "10.0.0.1/24, or dhcp.", "ADDRESS");
    private readonly Option<string?> _gateway = VerbOptions.Text("--gateway", "Router of the network; \"\": none.", "ADDRESS");
    private readonly Option<string[]> _dns = new("--dns") { Description = "Name servers, up to four; \"\": none.", HelpName = "ADDRESS", AllowMultipleArgumentsPerToken = true };

    public ApplianceSettingsVerb(Session session)
        : base(
            session,
            "settings",
            "Show or change name, time zone and network of an appliance that was started from its own medium. Another network is on trial: "
                + "log in again under the new address and keep it, or the one before comes back by itself.",
            "appliance settings",
            "appliance settings --time-zone Europe/Paris",
            "appliance settings --interface eth1 --address 10.0.0.1/24 --gateway 10.0.0.254 --dns 10.0.0.2 10.0.0.3") =>
        Asks(_name, _zone, _language, _keyboard, _interface, _address, _gateway, _dns);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var view = await server.CallAsync(SettingsApi.Show, cancel);
        if (Changed(parsed, view.Settings) is { } wanted)
        {
            view = await server.CallAsync(SettingsApi.Change, wanted.Checked(), cancel);
        }

        Print(parsed, view, CliJson.Default.ApplianceSettingsView, writer => ApplianceSettingsText.Write(writer, view, Session.Clock));
        return ExitCode.Done;
    }

    /// <returns>Null: nothing is asked for.</returns>
    private ApplianceSettings? Changed(ParseResult parsed, ApplianceSettings before)
    {
        if (!new Option[] { _name, _zone, _language, _keyboard, _interface, _address, _gateway, _dns }.Any(option => parsed.GetResult(option) is { Implicit: false }))
        {
            return null;
        }

        var network = before.Network;
        var address = parsed.GetValue(_address) is { } text ? text == ByDhcp ? null : text : network.Address;
        return before with
        {
            HostName = parsed.GetValue(_name) ?? before.HostName,
            TimeZone = parsed.GetValue(_zone) ?? before.TimeZone,
            Language = parsed.GetValue(_language) ?? before.Language,
            Keyboard = parsed.GetValue(_keyboard) ?? before.Keyboard,

            // By DHCP the network says the rest.
            Network = new NetworkSettings(
                parsed.GetValue(_interface) ?? network.Interface,
                address,
                address is null ? null : parsed.GetValue(_gateway) is { } gateway ? gateway.Length == 0 ? null : gateway : network.Gateway,
                address is null ? null : parsed.GetResult(_dns) is { Implicit: false } ? [.. parsed.GetValue(_dns)!.Where(one => one.Length > 0)] : network.Dns),
        };
    }
}
