using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Cli;

/// <summary>The sentences of the verbs that talk to an appliance.</summary>
internal static class ServerErrors
{
    public static UserErrorException UsageServer(string text) => new(
        "usage-server",
        $"\"{Printable.Of(text)}\" is not the address of an appliance.",
        "Write its name, https://HOST:PORT, or unix:/PATH of its socket on this computer.");

    public static UserErrorException UsageBoot(string option, string text, string syntax) => new(
        "usage-boot",
        $"{option} does not understand \"{Printable.Of(text)}\".",
        $"Write it like {syntax}.");

    public static UserErrorException UsagePin(string text) => new(
        "usage-pin",
        $"\"{Printable.Of(text)}\" is not a fingerprint.",
        "Give the 64 hexadecimal digits that the appliance shows at its start.");

    public static UserErrorException UsagePinNeeded(string server) => new(
        "usage-pin-needed",
        $"{Printable.Of(server)} was never met before, and there is no terminal to compare its fingerprint on.",
        "Add --pin with the fingerprint that the appliance shows at its start.");

    public static UserErrorException UsageNotifications(string option) => new(
        "usage-notifications",
        $"{option} is needed: mail has a server, a sender and somebody who gets it.",
        "`osdeploy appliance notifications --help` shows an example.");

    public static UserErrorException UsagePasswordNeeded() => new(
        "usage-password-needed",
        "A password is needed, and there is no terminal to ask on.",
        "Add --password-file with a file whose first line is the password.");

    public static UserErrorException UsageWordsNeeded() => new(
        "usage-words-needed",
        "The words on the computer's screen have to be compared, and there is no terminal to ask on.",
        "Add --words with the four words that stand on its screen.");

    public static UserErrorException NobodyToPair(string host) => new(
        "pairing-nobody",
        $"No computer that says it is {Printable.Of(host)} waits to be compared.",
        "Switch it on, or wait until four words stand on its screen.");

    public static UserErrorException WordsDiffer(string host) => new(
        "pairing-words",
        $"The computer that says it is {Printable.Of(host)} is not the one you stand at; it is given nothing.",
        "Find out which computer that is: its address stands above. `osdeploy job cancel` ends the job.");

    public static UserErrorException UsageStoreNeeded() => new(
        "usage-store-needed",
        "No store is named, and nobody is logged in at an appliance.",
        "Add --store with a folder or an address, or log in with `osdeploy login` to mean the appliance's store.");

    public static UserErrorException SecretFile(string path, Exception? cause = null) => new(
        "secret-file",
        $"{Printable.Of(path)} cannot be read, or its first line is empty.",
        "Name a file whose first line is the password or token.",
        cause);

    public static UserErrorException PasswordsDiffer() => new(
        "passwords-differ",
        "The two passwords are not the same; nothing was changed.",
        "Run the command again and type the same password twice.");

    public static UserErrorException ServerUnreachable(string server, Exception cause) => new(
        "server-unreachable",
        $"The appliance at {Printable.Of(server)} does not answer: {Printable.Of(cause.Message).TrimEnd('.')}.",
        "Check the address, the network, and that osdeployd runs there (`systemctl status osdeployd`).",
        cause);

    public static UserErrorException ServerKeyChanged(string server, string known, string shown) => new(
        "server-key-changed",
        $"{Printable.Of(server)} has another key than before: its fingerprint was {known} and is now {shown}.",
        "It was installed anew, or another computer poses as it: compare with its console, and only if it is the same run `osdeploy login` with --pin and the new fingerprint.");

    public static UserErrorException ServerNotConfirmed(string server) => new(
        "server-not-confirmed",
        $"Nothing was sent to {Printable.Of(server)}, because its fingerprint was not confirmed.",
        "Compare the four words with the appliance's console and answer yes only if they are the same.");

    public static UserErrorException NotLoggedIn(string server) => new(
        "not-logged-in",
        $"Nobody is logged in at {Printable.Of(server)}, or the session has ended.",
        $"Run `osdeploy login {Printable.Of(server)}`.");

    public static UserErrorException UsageMac(string text) => new(
        "usage-mac",
        $"\"{Printable.Of(text)}\" is not the address of a network card.",
        "Write 12 hexadecimal digits, with colons, dashes or dots between them if you like: 52:54:00:12:34:56.");

    public static UserErrorException UsageMacNeeded() => new(
        "usage-mac-needed",
        "No network card is named.",
        "Add --mac once for each host, or --macs-from with a file that lists them.");

    public static UserErrorException UsageOneName(int hosts) => new(
        "usage-one-name",
        string.Create(CultureInfo.InvariantCulture, $"One name cannot be given to {hosts} hosts."),
        "Leave --name out: each host gets the next free name of its room.");

    public static UserErrorException UsagePartition(string text, string part, string why) => new(
        "usage-partition",
        $"In --partition {Printable.Of(text)}, \"{Printable.Of(part)}\" {why}.",
        "Write it as 1:os=Win11,join=Domain,description=System,grow or 2.1:use=Format,format=ntfs or 3:reset.");

    public static UserErrorException UsageNothingToChange() => new(
        "usage-nothing-to-change",
        "Nothing is named that is to be changed.",
        "Add what is to be changed; --help lists it with examples.");

    public static UserErrorException FileUnreadable(string path, Exception cause) => new(
        "file-unreadable",
        $"{Printable.Of(path)} cannot be read: {Printable.Of(cause.Message).TrimEnd('.')}.",
        "Check the name and that this user may read it.",
        cause);

    public static UserErrorException FileTooLarge(string path, long bytes, long most) => new(
        "file-too-large",
        $"{Printable.Of(path)} has {Sizes.Of(bytes)}, and the appliance takes {Sizes.Of(most)}.",
        "Check that it is the right file, or cut it into several.");

    public static UserErrorException UsageDetail(string text, IEnumerable<string> keys) => new(
        "usage-detail",
        $"\"{Printable.Of(text)}\" is not KEY=VALUE with one of {string.Join(", ", keys)}, each said once.",
        "Write for example `osdeploy host set r101-pc01 --detail owner=Library`.");

    public static UserErrorException PendingUnknown(string text) => new(
        "pending-unknown",
        $"No computer that waits for approval is \"{Printable.Of(text)}\".",
        "`osdeploy host list --pending` shows those that wait; give the beginning of an id, or an address of a network card.");

    public static UserErrorException PendingAmbiguous(string text, int matches) => new(
        "pending-ambiguous",
        string.Create(CultureInfo.InvariantCulture, $"{matches} computers that wait for approval are \"{Printable.Of(text)}\"."),
        "Give more of the id, as `osdeploy host list --pending` shows it.");

    public static UserErrorException RoomUnknown(string name, IEnumerable<string> rooms) => new(
        "room-unknown",
        $"There is no room {Printable.Of(name)}.",
        string.Join(", ", rooms.Select(room => Printable.Of(room))) is { Length: > 0 } names ? $"There are {names}." : "There are none yet: `osdeploy room add` makes one.");

    public static UserErrorException UsageTime(string text, string why) => new(
        "usage-time",
        $"\"{Printable.Of(text)}\" {why}.",
        "Write 22:30 for the next time the clock shows that, or 2026-11-20T22:30.");

    public static UserErrorException UsageNoHosts() => new(
        "usage-no-hosts",
        "No host is named.",
        "Name hosts or patterns (r101-*), or add --room, --config or --from.");

    public static UserErrorException UsageCountNeeded(int hosts) => new(
        "usage-count-needed",
        string.Create(CultureInfo.InvariantCulture, $"This would overwrite the disks of {hosts} hosts, and --yes alone does not say that you know how many."),
        string.Create(CultureInfo.InvariantCulture, $"Look at the list above, then add --count {hosts}."));

    public static UserErrorException CountDiffers(int said, int hosts) => new(
        "count-differs",
        string.Create(CultureInfo.InvariantCulture, $"This would overwrite the disks of {Words.Count(hosts, "host")}, not {said}; nothing was started."),
        "Look at the list above, then give the number of hosts that are not ruled out.");

    public static UserErrorException NoHostCan(int hosts) => new(
        "no-host-can",
        string.Create(CultureInfo.InvariantCulture, $"Nothing was started: {(hosts == 1 ? "the host is" : $"all {hosts} hosts are")} ruled out."),
        "The list above says why.");

    public static UserErrorException BatchUnknown(string batch) => new(
        "batch-unknown",
        $"There are no jobs of a batch {Printable.Of(batch)}.",
        "`osdeploy job batches` shows the batches there are.");

    public static UserErrorException NoBatches() => new(
        "no-batches",
        "No job was ever started.",
        "`osdeploy job start` starts one.");

    public static UserErrorException CompareNeedsServer(string store) => new(
        "compare-needs-server",
        $"The versions in {Printable.Of(store)} cannot be compared: that is an appliance's work.",
        "Name an appliance with --store, or log in at one.");

    public static UserErrorException UserMissing(string name) => new(
        "operator-missing", $"There is no account named '{Printable.Of(name, 40)}'.", "`osdeploy user list` shows the accounts there are.");
}
