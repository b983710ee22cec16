using OsDeploy.Api.Jobs;
using OsDeploy.Text;

namespace OsDeploy.Agent;

/// <summary>Every sentence of the agent that an operator can read.</summary>
internal static class AgentErrors
{
    private const string ChooseDiskAgain =
        "If the disk was replaced on purpose, choose the disk for this host again and start the job again; else look at its cable and at the firmware setup.";

    public static UserErrorException DiskGone(DiskBinding wanted, IReadOnlyList<PresentDisk> present) => DiskChanged(
        $"This computer no longer has the disk {NameOf(wanted)} that the job is for; it has {NamesOf(present)}.");

    public static UserErrorException DiskAmbiguous(DiskBinding wanted, IReadOnlyList<PresentDisk> matches) => DiskChanged(
        $"More than one disk of this computer is the disk {NameOf(wanted)} that the job is for: {NamesOf(matches)}.");

    public static UserErrorException DiskShrunk(DiskBinding wanted, PresentDisk found) => DiskChanged(
        $"The disk {NameOf(found)} has {Sizes.Of(found.Disk.Size)} ({found.Disk.Size} bytes); when the job was made, {NameOf(wanted)} had {Sizes.Of(wanted.Size)} ({wanted.Size} bytes).");

    public static UserErrorException DiskBoundTwice(PresentDisk found) => DiskChanged(
        $"Two disks of the job are the same disk {NameOf(found)} of this computer.");

    public static UserErrorException OrderIncomplete(string what) => new(
        "order-incomplete",
        $"The server gave a job without {what}.",
        "Bring the server and this agent to the same version of osdeploy, then start the job again.");

    public static UserErrorException StorePin(string url) => new(
        "store-pin",
        $"The fingerprint of the store {Printable.Of(url)} is not one.",
        "Enter the 64 digits that the console of that appliance shows, then start the job again.");

    public static UserErrorException Cancelled() => new(
        "job-cancelled",
        "The job was cancelled by an operator.",
        "Start it again when it is wanted: what was done already is not done twice.");

    public static UserErrorException StoppedHere() => new(
        "job-stopped",
        "The job was stopped at this computer.",
        "Start it again when it is wanted: what was done already is not done twice.");

    public static UserErrorException Declined() => new(
        "job-declined",
        "The job was declined at this computer before anything was written.",
        "Ask whoever sits at it; then start the job again.");

    public static UserErrorException LeaseLost() => new(
        "lease-lost",
        "The server has given this job to another, or taken it back; this computer has stopped.",
        "Look at the job on the server, and start it again for the right computer.");

    public static UserErrorException HealIncomplete(long healed, long missing) => new(
        "heal-incomplete",
        $"The disks of this computer gave the store {healed} of the {missing} chunks that it lacked.",
        "Heal from another host that was restored from this version, or capture the master again.");

    public static UserErrorException NoLoader() => new(
        "no-loader",
        "The EFI partition of the restored disk has no loader that is known.",
        "Add an entry for it in the firmware setup, or capture the master again once it starts by itself.");

    public static UserErrorException BootEntryLost(string label) => new(
        "boot-entry-lost",
        $"The firmware did not keep the entry \"{Printable.Of(label)}\" or its place in the order.",
        "Look at the order of starting in the firmware setup: the network first, then the disk. An update of the firmware may help.");

    /// <summary>Of a disk that is good all the same.</summary>
    public static string NotRegistered(Exception cause) =>
        $"The disk is restored, but the firmware was not told how to start it; most computers find it by themselves. {Printable.Of(cause.Message, 300)}";

    public static UserErrorException WirelessSilent(Exception? cause) => new(
        "wireless-silent",
        "The wireless card of this computer does not do what it is told.",
        "Try it again, or plug in a network cable.",
        cause);

    public static UserErrorException WirelessOff() => new(
        "wireless-off",
        "Wi-Fi is switched off by a switch or a key of this computer.",
        "Switch it on there, then try it again; or plug in a network cable.");

    public static UserErrorException Fault(Exception cause) => new(
        "fault",
        $"This is a fault in osdeploy ({cause.GetType().Name}): {Printable.Of(cause.Message, 400)}",
        "Report it together with the log of this job; starting the job again may help.",
        cause);

    private static UserErrorException DiskChanged(string message) => new("disk-changed", message, ChooseDiskAgain);

    private static string NamesOf(IReadOnlyList<PresentDisk> disks) => disks.Count == 0 ? "no disk" : string.Join(", ", disks.Select(NameOf));

    private static string NameOf(PresentDisk disk) => NameOf(disk.Disk.Serial, disk.Disk.Wwn, disk.Disk.Model);

    private static string NameOf(DiskBinding disk) => NameOf(disk.Serial, disk.Wwn, disk.Model);

    private static string NameOf(string? serial, string? wwn, string? model)
    {
        var name = serial is not null ? $"with serial number {Printable.Of(serial)}" : wwn is not null ? $"with WWN {Printable.Of(wwn)}" : "without serial number";
        return model is null ? name : $"{name} ({Printable.Of(model)})";
    }
}
