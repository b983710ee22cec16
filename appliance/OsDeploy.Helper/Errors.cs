using System.Globalization;
using OsDeploy.Api.Helper;
using OsDeploy.Text;

namespace OsDeploy.Helper;

/// <summary>Every sentence of the helper that an operator can read.</summary>
internal static class Errors
{
    public static UserErrorException Usage(string why) => new(
        "usage-arguments",
        $"The helper cannot start: {Printable.Of(why)}.",
        $"Start it as `{Options.Usage}`.");

    public static UserErrorException SocketInUse(string path) => new(
        "socket-in-use",
        $"The helper cannot listen at {Printable.Of(path)}: another program does.",
        "Stop the other helper (`systemctl stop osdeploy-helper`), or give this one another --socket.");

    public static UserErrorException SocketNotMade(string path, string why, Exception? cause = null) => new(
        "socket-not-made",
        $"The helper cannot make its socket {Printable.Of(path)}: {Printable.Of(why)}.",
        "Check that the folder exists, that nothing else lies at this path, and that the helper runs as root.",
        cause);

    public static UserErrorException CallerNotAllowed(Peer peer) => new(
        "helper-not-allowed",
        string.Create(CultureInfo.InvariantCulture, $"User {peer.User} may not use the appliance's helper."),
        "Start the helper with `--allow-uid` and the number of the user that osdeployd runs as.");

    public static UserErrorException Busy() => new(
        "helper-busy",
        string.Create(CultureInfo.InvariantCulture, $"The appliance's helper already has {HelperProtocol.MaxConnections} connections open."),
        "Try again in ten seconds.");

    public static UserErrorException RequestMalformed(FormatException cause) => new(
        "helper-request",
        $"The appliance's helper did not understand the request: {Printable.Of(cause.Message)}.",
        "Bring the helper and osdeployd to the same version and restart both.",
        cause);

    public static UserErrorException TooSlow() => new(
        "helper-too-slow",
        string.Create(CultureInfo.InvariantCulture, $"The request and its work were not over after {HelperProtocol.Deadline.TotalSeconds:0} seconds."),
        "Look at the load of the appliance (`uptime`) and try again.");

    public static UserErrorException Stopping() => new(
        "helper-stopping",
        "The appliance's helper is being stopped.",
        "Try again once it runs: `systemctl status osdeploy-helper`.");

    public static UserErrorException Fault(Exception cause) => new(
        "helper-fault",
        $"The appliance's helper failed at this request: {Printable.Of(cause.Message)}.",
        "This is a fault in osdeploy; please report it with the helper's log (`journalctl -u osdeploy-helper`).",
        cause);

    public static UserErrorException LineRefused(string line) => new(
        "dnsmasq-refused",
        $"The helper does not take this line into dnsmasq's configuration: {Printable.Of(line, 80)}.",
        "Bring the helper and osdeployd to the same version, with the same --boot-folder, and restart both.");

    public static UserErrorException LineMissing(string line) => new(
        "dnsmasq-incomplete",
        $"The configuration for dnsmasq has no line {Printable.Of(line, 80)}.",
        "Bring the helper and osdeployd to the same version, with the same --boot-folder, and restart both.");

    public static UserErrorException DnsmasqFailed(string state) => new(
        "dnsmasq-failed",
        $"dnsmasq does not run: {Printable.Of(state)}.",
        "Look whether another program has ports 67 or 69 (`ss -lnup`), such as a dnsmasq of the system, and stop it.");

    public static UserErrorException InterfaceMissing(string name) => new(
        "interface-missing", $"There is no network card {Printable.Of(name, 20)}.", "`ip -brief link` shows which there are.");

    public static UserErrorException InterfaceWithoutAddress(string name) => new(
        "interface-no-address", $"The network card {Printable.Of(name, 20)} has no IPv4 address.", "`ip -brief address` shows which have one.");

    public static UserErrorException QueryFailed(string name, Exception cause) => new(
        "igmp-query-failed",
        $"Nobody could be asked for groups on {Printable.Of(name, 20)}: {Printable.Of(cause.Message)}.",
        "Look whether the card is up (`ip -brief link`).",
        cause);

    public static UserErrorException ProbeFailed(string name, Exception cause) => new(
        "dhcp-probe-failed",
        $"Nobody could be asked on {Printable.Of(name, 20)}: {Printable.Of(cause.Message)}.",
        "Look whether the card is up and has an address (`ip -brief address`).",
        cause);
}
