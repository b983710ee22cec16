using System.Globalization;
using OsDeploy.Api.Health;
using OsDeploy.Text;

namespace OsDeploy.Server.Health;

/// <summary>How the services are, and what comes round by itself.</summary>
internal static class WorkRules
{
    private static readonly TimeSpan s_lateScrub = TimeSpan.FromDays(21);
    private static readonly TimeSpan s_veryLateScrub = TimeSpan.FromDays(60);
    private static readonly TimeSpan s_lateCopy = TimeSpan.FromDays(2);
    private static readonly TimeSpan s_firstCopy = TimeSpan.FromHours(3);

    /// <param name="why">Why it does not answer; null: it does.</param>
    /// <param name="isNeeded">Something of the appliance cannot be done without it every day.</param>
    public static HealthItem Helper(string? why, bool isNeeded) => why is null
        ? new HealthItem("helper", HealthState.Ok, "The helper answers.")
        : new HealthItem(
            "helper",
            isNeeded ? HealthState.Bad : HealthState.Notice,
            Printable.Of(why, 300),
            isNeeded ? "Restart the appliance; its log is `journalctl -u osdeploy-helper`." : "Without it the appliance's power, clock, disks and network boot cannot be looked after from here.");

    /// <param name="state">As the boot service says it: <c>off</c>, <c>up</c> or <c>down</c>.</param>
    public static HealthItem Dnsmasq(string state) => state switch
    {
        "up" => new HealthItem("dnsmasq", HealthState.Ok, "Computers can start over the network."),
        "off" => new HealthItem("dnsmasq", HealthState.Ok, "Starting over the network is switched off."),
        _ => new HealthItem("dnsmasq", HealthState.Bad, "Computers cannot start over the network: dnsmasq does not run.", "`osdeploy boot status` says why."),
    };

    /// <param name="listens">Whether anything does on the port of SSH; null: not known.</param>
    public static HealthItem Ssh(bool? listens) => listens switch
    {
        null => new HealthItem("ssh", HealthState.Unknown, "Whether sshd runs cannot be read."),
        true => new HealthItem("ssh", HealthState.Ok, "Operators can log in over SSH."),
        false => new HealthItem("ssh", HealthState.Warning, "Operators cannot log in over SSH: nothing listens on port 22.", "Restart the appliance; its log is `journalctl -u ssh`."),
    };

    /// <param name="finished">When the last one was over; null: none was.</param>
    /// <param name="versions">How many there are to be read.</param>
    public static HealthItem Scrub(DateTimeOffset? finished, int versions, DateTimeOffset now)
    {
        const string Hint = "Images are read through once a week while no host works: leave the appliance on for a night, or run `osdeploy image check`.";
        if (versions == 0)
        {
            return new HealthItem("scrub", HealthState.Ok, "There is no image that could be read through.");
        }

        if (finished is not { } at)
        {
            return new HealthItem("scrub", HealthState.Notice, "The images were never read through.", Hint);
        }

        // A clock that was set back makes it seem younger than it is.
        var age = now - at;
        var text = $"The images were read through on {Day(at)}.";
        return age > s_veryLateScrub ? new HealthItem("scrub", HealthState.Warning, text, Hint)
            : age > s_lateScrub ? new HealthItem("scrub", HealthState.Notice, text, Hint)
            : new HealthItem("scrub", HealthState.Ok, text);
    }

    /// <param name="newest">Day of the newest copy; null: there is none.</param>
    /// <param name="running">For how long the appliance has been on.</param>
    public static HealthItem Copy(DateTimeOffset? newest, TimeSpan running, DateTimeOffset now)
    {
        const string Hint = "`osdeploy alarm list` says why; `osdeploy backup FILE` makes one by hand.";
        return newest is { } day
            ? now - day > s_lateCopy && running > s_firstCopy
                ? new HealthItem("backup", HealthState.Warning, $"The last nightly copy of the documents is of {Day(day)}.", Hint)
                : new HealthItem("backup", HealthState.Ok, $"The last nightly copy of the documents is of {Day(day)}.")
            : running > s_firstCopy
                ? new HealthItem("backup", HealthState.Warning, "There is no nightly copy of the documents.", Hint)
                : new HealthItem("backup", HealthState.Notice, "There is no nightly copy of the documents yet.");
    }

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
