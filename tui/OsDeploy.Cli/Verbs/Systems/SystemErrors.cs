using OsDeploy.Api.Appliance;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Systems;

/// <summary>The sentences of the verbs about the appliance's own system.</summary>
internal static class SystemErrors
{
    public static UserErrorException NotInstalled() => new(
        "system-not-installed",
        "This appliance does not run from a disk that it was installed on, so there is nothing to update.",
        "Write the new osdeploy.iso to a stick and start from that: what the appliance keeps is on its own disk and stays.");

    public static UserErrorException PipeCut() => new(
        "system-pipe-cut", "The connection was lost while the new system was sent, and a pipe cannot be read twice.", "Run the same command again.");

    public static UserErrorException NotInstallable() => new(
        "system-not-from-medium",
        "Only an appliance that runs from its stick or disc can be installed on a disk.",
        "Start the computer from the stick that osdeploy.iso was written to, and choose to install it.");

    public static UserErrorException DiskUnknown(string name) => new(
        "system-disk-unknown", $"There is no disk {Printable.Of(name, 40)} that the appliance could be installed on.", "`osdeploy system install` without --disk shows those there are.");

    public static UserErrorException NotWell(string why) => new(
        "system-not-well",
        $"The system that was started does not work: {Printable.Of(why, 200)}",
        "One that is tried gives way to the one before; `osdeploy system show` says which runs.");

    /// <summary>What the appliance says of work that failed, in its own words.</summary>
    public static UserErrorException OfAppliance(string code, SystemWork work) => new(Printable.Of(code, 40), Printable.Of(work.Message, 1000), Printable.Of(work.Hint, 1000));
}
