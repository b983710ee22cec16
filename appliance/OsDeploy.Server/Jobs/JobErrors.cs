using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Server.Jobs;

/// <summary>Every sentence about jobs that refuses a request.</summary>
internal static class JobErrors
{
    public static UserErrorException Missing(string id) => new(
        "job-missing", $"There is no job {Printable.Of(id)}.", "`osdeploy job list` shows the jobs there are.");

    public static UserErrorException StoreChanged(string id) => new(
        "store-changed",
        $"The configuration of job {id.TrimStart('0')} uses another store than when it was started.",
        "Start it again: the list shows what is meant now.");

    public static UserErrorException HostHasJob(string host, string job) => new(
        "host-has-job",
        $"{host} has job {job.TrimStart('0')} already.",
        "Wait until that ends, or cancel it with `osdeploy job cancel`.");

    public static UserErrorException CountNotConfirmed(int hosts, int? confirmed) => new(
        "count-not-confirmed",
        confirmed is { } said
            ? string.Create(CultureInfo.InvariantCulture, $"This would overwrite the disks of {hosts} hosts, not {said}.")
            : string.Create(CultureInfo.InvariantCulture, $"This would overwrite the disks of {hosts} hosts, and nobody has confirmed how many."),
        "Look at the list, then confirm the number of hosts.");

    public static UserErrorException HookRefused(string why) => new(
        "hook-refused",
        $"The appliance's own check does not allow this now: {Printable.Of(why, 300)}",
        "Do what it asks for. It is the program hooks/check in the appliance's data folder; whoever looks after the appliance can change it.");

    public static UserErrorException PreviewOutdated() => new(
        "preview-outdated",
        "Hosts, versions or disks have changed since the list was shown; nothing was started.",
        "Look at the list again, then confirm it.");

    public static UserErrorException SecretsReleased(string id) => new(
        "secrets-released",
        $"What job {Printable.Of(id.TrimStart('0'))} needs to know was given out already, and somebody asked for it again.",
        "See which computers are on the network, then start the job anew: `osdeploy job retry`. If you do not know who asked, change the join account's password.");

    public static UserErrorException OutsideRooms(IEnumerable<string> hosts) => new(
        "outside-your-rooms",
        $"Your account does not reach to {string.Join(", ", hosts)}.",
        "Choose hosts of your own rooms, or ask an administrator.");

    public static UserErrorException KindNotAllowed() => new(
        "not-allowed", "Your account may restore, restart and hold hosts, nothing else.", "Ask an administrator or somebody with the role imager.");

    public static UserErrorException NoHosts() => new(
        "no-hosts", "No host is named.", "Name hosts, a pattern, a room or a configuration.");

    public static UserErrorException RequestId() => new(
        "request-malformed", "A request's id is 32 hexadecimal digits.", "Bring the program and the appliance to the same version of osdeploy.");

    public static UserErrorException OptionsContradict(string what) => new(
        "job-options", what, "`osdeploy job start --help` shows what goes together, with examples.");

    public static UserErrorException NotRetried(string state) => new(
        "job-not-over", $"The job is {state}; only one that failed, was skipped or is frozen can be tried again.", "Cancel it first.");

    public static UserErrorException HostBlocked(string host) => new(
        "host-blocked", $"{Printable.Of(host)} is blocked.", "Allow it with `osdeploy host set NAME --blocked no`.");

    public static UserErrorException HostGone(string host) => new(
        "host-missing", $"{Printable.Of(host)} is not registered any more.", "Register it again and start a new job.");

    public static UserErrorException DiskChoiceNeeded() => new(
        "disk-choice-needed",
        "This computer has several disks that could be meant.",
        "Somebody with an account starts the restore and chooses the disk: `osdeploy job start restore`, then `osdeploy job disk`.");

    public static UserErrorException NoDiskChoice() => new(
        "no-disk-choice", "The job does not wait for a disk to be chosen.", "`osdeploy job show` says what it waits for.");

    public static UserErrorException DiskUnknown(string disk, IEnumerable<string> known) => new(
        "disk-unknown",
        $"The host has no disk with serial or WWN {Printable.Of(disk)}.",
        $"Its disks are {string.Join(", ", known.Select(serial => Printable.Of(serial)))}.");

    public static UserErrorException DiskAmbiguous(string disk, IEnumerable<string?> others) => new(
        "disk-ambiguous",
        $"The host has more than one disk {Printable.Of(disk)}.",
        $"Name it by its WWN: {string.Join(", ", others.Select(wwn => Printable.Of(wwn ?? "none")))}.");

    public static UserErrorException RetriesInvalid(int retries) => new(
        "job-retries-invalid",
        string.Create(CultureInfo.InvariantCulture, $"A job cannot be tried again {retries} times by itself."),
        string.Create(CultureInfo.InvariantCulture, $"Choose 0 (never) to {OsDeploy.Api.Jobs.JobSettings.MostRetries}."));

    public static UserErrorException LeaseLost() => new(
        "lease-lost", "The job is not this agent's any more.", "Look at `osdeploy job show` on the appliance: it was frozen, cancelled or taken over.");
}
