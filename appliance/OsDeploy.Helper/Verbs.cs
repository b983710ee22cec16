using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.Text;

namespace OsDeploy.Helper;

/// <summary>What each verb runs. Nothing of a request reaches an argument but a checked number.</summary>
internal static class Verbs
{
    // Two of them fit in a connection's deadline.
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(4);

    /// <returns>Programs to run one after the other, until one fails.</returns>
    /// <param name="hasBoardClock">There is a clock on the board that keeps time while the appliance is off.</param>
    /// <exception cref="UserErrorException"><c>clock-out-of-range</c></exception>
    public static IReadOnlyList<Command> ProgramsOf(HelperRequest request, bool hasBoardClock) => request switch
    {
        PowerRequest { Action: PowerAction.Restart } => [Limited(new Command("systemctl", "reboot"))],
        PowerRequest { Action: PowerAction.Off } => [Limited(new Command("systemctl", "poweroff"))],
        ClockRequest clock => ClockPrograms(ClockTime.Of(clock.Utc), hasBoardClock),
        EmergencyShellRequest => [Limited(new Command("systemctl", "start", "--no-block", "osdeploy-shell.service"))],
        DaemonStartRequest => [Limited(new Command("systemctl", "start", "--no-block", "osdeployd.service"))],
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, "no such verb"),
    };

    /// <summary>For the log.</summary>
    public static string NameOf(HelperRequest request) => request switch
    {
        PowerRequest power => "power " + PowerActionJson.WordOf(power.Action),
        ClockRequest clock => "clock " + clock.Utc.ToString("u", CultureInfo.InvariantCulture),
        DnsmasqApplyRequest => "dnsmasq-apply",
        DnsmasqReloadRequest => "dnsmasq-reload",
        DnsmasqStopRequest => "dnsmasq-stop",
        DnsmasqStateRequest => "dnsmasq-state",
        DhcpProbeRequest probe => "dhcp-probe " + probe.Interface,
        MulticastQuerierRequest querier => $"multicast-querier {querier.Interface} {(querier.On ? "on" : "off")}",
        DataDisksRequest => "data-disks",
        DataDiskMountRequest => "data-disk-mount",
        DataDiskPrepareRequest prepare => $"data-disk-prepare {prepare.Path}, serial \"{prepare.Serial}\", {Sizes.Of(prepare.Size)}",
        DataDiskGrowRequest => "data-disk-grow",
        DiskHealthRequest => "disk-health",
        JournalRequest => "journal",
        NetworkApplyRequest { Network: var network } => $"network-apply {network.Interface} {network.Address ?? "by DHCP"}",
        HostNameRequest { Name: var name } => "host-name " + name,
        TimeZoneRequest { Zone: var zone } => "time-zone " + zone,
        ApplianceApplyRequest => "appliance-apply",
        DaemonStartRequest => "daemon-start",
        EmergencyShellRequest => "emergency-shell",
        SystemStateRequest => "system-state",
        SystemInstallRequest install => $"system-install {install.Path}, serial \"{install.Serial}\", {Sizes.Of(install.Size)}",
        SystemUpdateRequest update => "system-update " + ApiWord.Of(update.Source),
        SystemFallbackRequest => "system-fallback",
        SystemKeepRequest => "system-keep",
        OperatorsMirrorRequest mirror => string.Create(CultureInfo.InvariantCulture, $"operators-mirror {mirror.Operators.Count}"),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, "no such verb"),
    };

    private static List<Command> ClockPrograms(ClockTime time, bool hasBoardClock)
    {
        var set = string.Create(CultureInfo.InvariantCulture, $"--set=@{time.UnixSeconds}");
        List<Command> programs = [Limited(new Command("date", "--utc", set))];
        if (hasBoardClock)
        {
            programs.Add(Limited(new Command("hwclock", "--systohc")));
        }

        return programs;
    }

    private static Command Limited(Command command) => command.WithDeadline(s_deadline);
}
