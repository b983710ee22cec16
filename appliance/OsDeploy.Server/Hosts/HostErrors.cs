using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts;

/// <summary>Every sentence about hosts and rooms that an operator can read.</summary>
internal static class HostErrors
{
    public static UserErrorException HostMissing(params IReadOnlyList<string> names) => new(
        "host-missing",
        $"There is no host {Quoted(names)}.",
        "Look at the list of hosts for its name; a computer that was never registered is among the pending ones.");

    public static UserErrorException PendingMissing() => new(
        "pending-missing",
        "This computer is no longer among the pending ones: it was registered or rejected, or newer ones took its place.",
        "Look at the list again; if it is not there and not a host, start the computer from the network once more.");

    public static UserErrorException RoomMissing(params IReadOnlyList<string> names) => new(
        "room-missing", $"There is no room {Quoted(names)}.", "Look at the list of rooms for its name, or add it first.");

    public static UserErrorException NameTaken(string name) => new(
        "host-name-taken", $"The name {Printable.Of(name)} is in use by another host.", "Choose another name, or rename or delete that host first.");

    public static UserErrorException MacTaken(MacAddress mac, string owner) => new(
        "host-mac-taken",
        $"The MAC address {mac} belongs to the host {Printable.Of(owner)}.",
        "If it is an adapter that travels, register this computer by its own network card; if the card was moved, take the address off that host first.");

    public static UserErrorException MacTwice(MacAddress mac) => new(
        "host-mac-twice", $"The MAC address {mac} is there twice.", "Name each host once.");

    public static UserErrorException MacNeeded(string name) => new(
        "host-mac-needed",
        $"{Printable.Of(name)} would have no MAC address, and nothing else tells it from other computers.",
        "Leave it at least one MAC address.");

    public static UserErrorException LabMixed(string name) => new(
        "host-lab-mixed", $"A computer of a test and a real one are not the same host, and {Printable.Of(name)} is of the other kind.", "Choose another host, or a new name.");

    public static UserErrorException NothingToKnowBy() => new(
        "host-unknowable",
        "This computer has neither a network card, nor a UUID or serial number of its own.",
        "Turn its network card on in the firmware, or register it by the MAC address of an adapter that stays with it.");

    public static UserErrorException TooManyMacs(int count) => new(
        "host-macs-invalid",
        string.Create(CultureInfo.InvariantCulture, $"{count} MAC addresses are more than the {HardwareLimits.MaxMacs} a host can have."),
        "Keep those of its own network cards.");

    public static UserErrorException WlanMacInvalid(string text) => new(
        "wlan-mac-invalid", $"\"{Printable.Of(text)}\" is not the MAC address of a wireless card.", "Write 12 hexadecimal digits: aa:bb:cc:dd:ee:ff.");

    public static UserErrorException NameNeeded() => new(
        "host-name-needed", "A host without a room needs a name.", "Give it a name, or a room that proposes one.");

    public static UserErrorException NamesUsedUp(string pattern) => new(
        "host-names-used-up",
        $"Every name that {Printable.Of(pattern)} can make is in use.",
        "Give the room another pattern with more digits, or name the host yourself.");

    public static UserErrorException HasJob(string name) => new(
        "host-has-job", $"{Printable.Of(name)} has a job that has not ended.", "Cancel the job or wait for its end, then delete the host.");

    public static UserErrorException TextTooLong(string what, int max) => new(
        "text-length-invalid", string.Create(CultureInfo.InvariantCulture, $"{Printable.Of(what)} can have {max} characters, and this has more."), "Shorten it.");

    public static UserErrorException RoomNameInvalid(string? name) => new(
        "room-name-invalid",
        $"\"{Printable.Of(name)}\" cannot be the name of a room.",
        "Use 1 to 32 characters that can be seen, with no blank at either end.");

    public static UserErrorException RoomTaken(string name) => new(
        "room-name-taken", $"There is a room {Printable.Of(name)} already.", "Choose another name.");

    public static UserErrorException PatternInvalid(string? pattern) => new(
        "room-pattern-invalid",
        $"\"{Printable.Of(pattern)}\" makes no names that a computer can have.",
        "Write letters, digits and dashes with one run of # where the number goes, 15 characters at most: r101-pc##, or r101-pc{01..30}.");

    public static UserErrorException RenameOutdated() => new(
        "rename-outdated", "The hosts of the room have changed since the list was shown; nothing was renamed.", "Look at the list again, then confirm it.");

    public static UserErrorException ChangedMeanwhile(string by, DateTimeOffset at) => new(
        "changed-meanwhile",
        string.Create(CultureInfo.InvariantCulture, $"This was changed by {Printable.Of(by[(by.IndexOf(':', StringComparison.Ordinal) + 1)..])} at {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, after you read it."),
        "Read it again and look what is different, then make your change once more.");

    public static UserErrorException ListTooLong(int max) => new(
        "host-list-invalid", string.Create(CultureInfo.InvariantCulture, $"The list has more than {max} lines."), "Import it in parts.");

    private static string Quoted(IReadOnlyList<string> names) => string.Join(", ", names.Select(name => $"\"{Printable.Of(name)}\""));
}
