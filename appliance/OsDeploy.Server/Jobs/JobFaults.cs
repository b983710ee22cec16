using System.Globalization;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Server.Jobs;

/// <summary>Every reason the server gives for a job that did not begin or did not end well.</summary>
internal static class JobFaults
{
    private const string Start = "start";

    /// <summary>Something that would have been refused, of one host of several.</summary>
    public static JobFault Of(UserErrorException error) => new(Start, error.Code, error.Message, error.Hint);

    public static JobFault Cancelled(string step, string by) => new(
        step, "cancelled", $"{Printable.Of(by)} cancelled it.", "Start it again with `osdeploy job retry`; what is right on the disk already is kept.");

    public static JobFault Restored(string by) => new(
        Start, "documents-restored", $"{Printable.Of(by)} restored a backup of the appliance in which this job had not ended.", "Start it anew if it is still wanted.");

    public static JobFault NoReason(string step) => new(
        step, "no-reason", "The host gave no reason.", "Look at its screen and at `osdeploy job show`, then retry.");

    public static JobFault Silent(Job job) => new(
        job.Phase,
        "agent-silent",
        string.Create(CultureInfo.InvariantCulture, $"{job.HostName} was not heard for {JobRules.Window.TotalMinutes:0} minutes."),
        "See that it is on and its cable is plugged in, start it over the network, then `osdeploy job retry`.");

    public static JobFault NotMet(string host) => new(
        Start,
        "host-not-met",
        string.Create(CultureInfo.InvariantCulture, $"{host} did not appear within {JobRules.Window.TotalMinutes:0} minutes."),
        "Start it over the network, then `osdeploy job retry`.");

    public static JobFault NotCompared(string host) => new(
        Start,
        "host-not-compared",
        string.Create(CultureInfo.InvariantCulture, $"{host} waited for {JobRules.Window.TotalMinutes:0} minutes, and nobody has compared the words on its screen."),
        "`osdeploy job retry`, then compare them with `osdeploy job pair`.");

    public static JobFault DiskNotChosen() => new(
        Start, "disk-not-chosen", "Nobody said which of its disks is meant.", "Retry it and choose with `osdeploy job disk`.");

    public static JobFault Blocked() => new(
        Start, "host-blocked", "The host is blocked.", "Allow it with `osdeploy host set NAME --blocked no`.");

    public static JobFault HasJob(string job) => new(
        Start, "host-has-job", $"It has job {job.TrimStart('0')} already.", "Wait until that ends, or cancel it with `osdeploy job cancel`.");

    public static JobFault HostGone() => new(
        Start, "host-missing", "It was deleted a moment ago.", "`osdeploy host list` shows the hosts there are.");

    public static JobFault NoConfiguration() => new(
        Start, "host-without-configuration", "The host has no configuration.", "Give it one with `osdeploy host set NAME --config CONFIGURATION`.");

    public static JobFault NotMaster(Configuration configuration, string? master) => new(
        Start,
        "not-the-master",
        master is null ? $"{configuration.Name} has no master." : $"The master of {configuration.Name} is {master}.",
        $"Name the master with `osdeploy config master {configuration.Name} HOST`.");

    public static JobFault NoImage(ImageName image) => new(
        Start, "image-missing", $"There is no image {image} yet.", "Capture the master first: `osdeploy job start capture HOST`.");

    public static JobFault NoVersion(ImageName image, string version) => new(
        Start, "version-unknown", $"The image {image} has no single version that begins with {Printable.Of(version)}.", $"`osdeploy image list` names its versions.");

    public static JobFault Damaged(VersionEntry version) => new(
        Start,
        "image-damaged",
        string.Create(CultureInfo.InvariantCulture, $"{version.Image}@{version.Version.Short} lacks {version.DamagedChunks} chunks."),
        "Heal it from a host that still has them with `osdeploy job start heal HOST`, restore another version, or capture again.");

    public static JobFault Unreadable(UserErrorException cause) => new(Start, cause.Code, cause.Message, cause.Hint);

    public static JobFault StoreChanged() => new(
        Start, "store-changed", "Its configuration uses another store than when the job was started.", "Start it again: the list shows what is meant now.");

    public static JobFault NothingMade(ImageName image) => new(
        "commit", "nothing-made", $"The host said it was done, and the store has no such version of {image}.", "Capture again: what was stored is reused.");

    public static JobFault DiskTooSmall(long largest, long needed) => new(
        Start,
        "disk-too-small",
        $"Its largest fitting disk has {Sizes.Of(largest)}, the image needs {Sizes.Of(needed)}.",
        "Put in a larger disk, or capture the image again after shrinking its last partition.");

    public static JobFault OtherSectors(int has, int needs) => new(
        Start,
        "sector-size",
        string.Create(CultureInfo.InvariantCulture, $"Its disks have sectors of {has} bytes, the image has {needs}."),
        "Restore an image that was captured from such a disk.");

    public static JobFault NoDisk() => new(Start, "no-disk", "It has no internal disk.", "Look into the PC's set-up (SATA/RAID mode), start it over the network again.");

    public static JobFault DiskCount(int given, int needed) => new(
        Start,
        "disk-count",
        string.Create(CultureInfo.InvariantCulture, $"The image has {needed} disks, and {given} are named."),
        "Name one serial number for each disk of the image, in its order, and none twice.");

    public static JobFault Removable(HostDisk disk) => new(
        Start,
        "disk-removable",
        $"The disk {Printable.Of(disk.Serial ?? disk.Wwn ?? disk.Name)} is removable.",
        "Name an internal disk, or say with --allow-removable that this one is meant.");

    public static JobFault OtherFirmware(string image, string host) => new(
        Start,
        "other-firmware",
        $"The image starts by {image.ToUpperInvariant()}, the host was started by {host.ToUpperInvariant()}.",
        "Change the PC's set-up, or add --allow-other-firmware if you know that it starts.");
}
