using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Helper;
using OsDeploy.Helper.Storage;
using OsDeploy.SetUp;
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

    public static UserErrorException VerbNotAllowed(Peer peer) => new(
        "helper-verb-refused",
        string.Create(CultureInfo.InvariantCulture, $"User {peer.User} may not set up the appliance."),
        "`osdeploy first-start` does that on the appliance's own screen, as root.");

    public static UserErrorException Busy() => new(
        "helper-busy",
        string.Create(CultureInfo.InvariantCulture, $"The appliance's helper already has {HelperProtocol.MaxConnections} connections open."),
        "Try again in ten seconds.");

    public static UserErrorException RequestMalformed(FormatException cause) => new(
        "helper-request",
        $"The appliance's helper did not understand the request: {Printable.Of(cause.Message)}.",
        "Bring the helper and osdeployd to the same version and restart both.",
        cause);

    public static UserErrorException TooSlow(TimeSpan limit) => new(
        "helper-too-slow",
        string.Create(CultureInfo.InvariantCulture, $"The request and its work were not over after {limit.TotalSeconds:0} seconds."),
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

    public static UserErrorException OperatorRefused(string why) => new(
        "operators-refused",
        $"The helper makes no users of the system of these operators: {Printable.Of(why)}.",
        "Bring the helper and osdeployd to the same version and restart both.");

    public static UserErrorException OperatorGroupMissing() => new(
        "operators-group-missing",
        $"The system has no group {MirroredOperators.Group} for operators.",
        "Operators log in over SSH on the appliance that is started from its own ISO; elsewhere start osdeployd without --mirror-operators.");

    public static UserErrorException OperatorFileNotWritten(string path, Exception cause) => new(
        "operators-not-written",
        $"The users of operators cannot be written to {Printable.Of(path)}: {Printable.Of(cause.Message)}.",
        "Look whether the folder is there and whether the disk is full.",
        cause);

    public static UserErrorException ProbeFailed(string name, Exception cause) => new(
        "dhcp-probe-failed",
        $"Nobody could be asked on {Printable.Of(name, 20)}: {Printable.Of(cause.Message)}.",
        "Look whether the card is up and has an address (`ip -brief address`).",
        cause);

    public static UserErrorException JournalNotWritten(string path, Exception? cause) => new(
        "journal-not-written",
        $"The system's journal cannot be laid down at {Printable.Of(path)}: {Printable.Of(cause?.Message)}.",
        "Look whether the folder is there and has room (`df /run`).",
        cause);

    public static UserErrorException DisksUnreadable(FormatException cause) => new(
        "disks-unreadable",
        $"The list of the appliance's disks cannot be read: {Printable.Of(cause.Message)}.",
        "This is a fault in osdeploy; please report it with the output of `lsblk --json --bytes`.",
        cause);

    public static UserErrorException DiskChanged(string path) => new(
        "data-disk-changed",
        $"{Printable.Of(path, 60)} is not the disk any more that was chosen. Nothing was written.",
        "Look at the disks again and choose anew; a disk was plugged in or taken out meanwhile.");

    public static UserErrorException DiskRefused(DataDisk disk) => new(
        "data-disk-refused",
        $"{Printable.Of(disk.Path, 60)} cannot become the appliance's disk: {WhyRefused(disk.State)}. Nothing was written.",
        "Choose another disk, or take out what was started from and begin again.");

    public static UserErrorException DiskNotConfirmed(DataDisk disk) => new(
        "data-disk-not-confirmed",
        $"{Printable.Of(disk.Path, 60)} holds something that would be lost. Nothing was written.",
        $"Type {Printable.Of(disk.Name, 60)} if all of it may be lost.");

    public static UserErrorException DiskNotMade(string path) => new(
        "data-disk-failed",
        $"{Printable.Of(path, 60)} does not hold what was written to it.",
        "Try again; if it happens again, the disk is faulty: look at `dmesg` and take another one.");

    public static UserErrorException SystemDiskSmall(DataDisk disk, long least) => new(
        "system-disk-small",
        $"{Printable.Of(disk.Path, 60)} is too small for the appliance, which needs {Sizes.Of(least)}. Nothing was written.",
        "Choose a larger disk, or run the appliance from its stick with a disk for its data.");

    public static UserErrorException NotFromMedium() => new(
        "system-not-from-medium",
        "Only an appliance that runs from its stick or disc can be installed on a disk.",
        "Start the computer from the stick that osdeploy.iso was written to, and choose to install it.");

    public static UserErrorException NotInstalled() => new(
        "system-not-installed",
        "This appliance does not run from a disk that it was installed on, so there is nothing to update.",
        "Write the new osdeploy.iso to a stick and start from that: what the appliance keeps is on its own disk and stays.");

    public static UserErrorException SystemBusy() => new(
        "system-busy", "The appliance's system is being written just now.", "Wait until it has ended: `osdeploy system show`.");

    public static UserErrorException NothingToFallBackTo() => new(
        "system-no-previous", "The disk holds no other system that could be started.", "There is one after the first update.");

    public static UserErrorException UploadMissing() => new(
        "system-upload-missing", "No new system has been sent.", "Send one: `osdeploy system update osdeploy.iso`.");

    public static UserErrorException MediumNone() => new(
        "system-medium-none", "No stick or disc with osdeploy.iso on it is in the appliance.", "Plug it into the appliance itself, wait a few seconds, and try again.");

    public static UserErrorException MediumSeveral(string devices) => new(
        "system-medium-several",
        $"Several sticks or discs in the appliance hold an osdeploy.iso: {Printable.Of(devices, 100)}.",
        "Leave in only the one that is meant, and try again.");

    public static UserErrorException EnvironmentUnreadable(string device, Exception cause) => new(
        "system-environment",
        $"What says which system is started cannot be read or written on {Printable.Of(device, 60)}: {Printable.Of(cause.Message, 100)}.",
        "Look whether the disk is faulty. Start from the stick with a new osdeploy.iso and install it anew; with its data on a disk of their own they stay.",
        cause);

    public static UserErrorException VolumeMissing() => new(
        "data-disk-none",
        "No disk of this computer holds an appliance's volume.",
        "Plug in the disk that has it, or prepare one with `osdeploy first-start`.");

    public static UserErrorException VolumesSeveral(IReadOnlyList<BlockDevice> disks) => new(
        "data-disk-several",
        $"Several disks hold an appliance's volume: {Printable.Of(string.Join(", ", disks.Select(disk => $"{disk.Path} ({disk.Model?.Trim()} {disk.Serial?.Trim()})")))}.",
        "Leave in only the one that is this appliance's, and try again. None of them was touched.");

    public static UserErrorException VolumeExists(BlockDevice disk) => new(
        "data-disk-exists",
        $"{Printable.Of(disk.Path, 60)} holds an appliance's volume already: with two of them the appliance would mount neither.",
        "Use that one, or take its disk out of the computer, and try again. Nothing was written.");

    public static UserErrorException VolumeElsewhere(string path, string folder) => new(
        "data-disk-in-use", $"The appliance's volume {Printable.Of(path, 60)} is mounted at {Printable.Of(folder, 60)}.", "Unmount it there, and try again.");

    public static UserErrorException VolumeDamaged(string path, CommandResult result) => new(
        "data-disk-damaged",
        $"The appliance's volume {Printable.Of(path, 60)} is damaged beyond what is mended by itself: {Printable.Of(result.Output.Trim().Split('\n')[^1], 120)}.",
        $"Copy the disk if you can, then run `e2fsck {Printable.Of(path, 60)}` as root and try again.");

    public static UserErrorException TimeZoneMissing(string zone) => new(
        "time-zone-missing", $"This system has no time zone {Printable.Of(zone, 40)}.", "Look into /usr/share/zoneinfo for one that it has.");

    public static UserErrorException HostNameNotSet(string name, string why) => new(
        "host-name-failed", $"The system could not be named {Printable.Of(name, 20)}: {Printable.Of(why)}.", "Look whether the helper runs as root.");

    private static string WhyRefused(DataDiskState state) => state switch
    {
        DataDiskState.InUse => "it is in use",
        DataDiskState.StartMedium => "computers are started from it",
        DataDiskState.ReadOnly => "it cannot be written",
        _ => $"it has less than {Sizes.Of(DataVolume.LeastSize)}",
    };
}
