using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Lab;

/// <summary>Every sentence of the virtual classroom that somebody reads because something went wrong.</summary>
internal static class LabErrors
{
    public static UserErrorException NeedsRoot() => new(
        "lab-needs-root",
        "A private network needs root.",
        "Run it with ./build.sh lab, which asks for that.");

    public static UserErrorException NotBuilt(string path) => new(
        "lab-not-built",
        $"{path} is missing.",
        "Run ./build.sh lab, which builds everything.");

    public static UserErrorException PathTooLong(string folder) => new(
        "lab-path-long",
        $"The path of {Printable.Of(folder)} is too long for sockets.",
        "Put the project into a folder with a shorter path.");

    public static UserErrorException ApplianceDown(string said) => new(
        "lab-appliance-down",
        $"The appliance of the classroom does not start: {Printable.Of(said.Trim(), 600)}",
        "./build.sh lab --fresh forgets what it knew.");

    public static UserErrorException VerbFailed(IEnumerable<string> words, CommandResult result) => new(
        "lab-verb-failed",
        $"osdeploy {Printable.Of(string.Join(' ', words))}: {Said(result)}",
        "The appliance's log is in the console under Network, and ./build.sh lab osdeploy job list shows its jobs.");

    public static UserErrorException NotOpen() => new(
        "lab-not-open",
        "No classroom is open.",
        "Open one with ./build.sh lab in another terminal.");

    public static UserErrorException AlreadyOpen() => new(
        "lab-open",
        "A classroom is open already, and there is one at a time.",
        "Close it with ./build.sh lab quit, or use it: ./build.sh lab status");

    public static UserErrorException NoSuchPc(string number, int count) => new(
        "usage-lab-pc",
        $"There is no PC {Printable.Of(number)}.",
        string.Create(CultureInfo.InvariantCulture, $"The PCs have the numbers 1 to {count}."));

    public static UserErrorException PcNotReady(string name, Exception cause) => new(
        "lab-pc-not-ready",
        $"{Printable.Of(name)} is just being switched on or off.",
        "Try again in a second.",
        cause);

    public static UserErrorException NoScreen(string number) => new(
        "lab-no-screen",
        $"PC {Printable.Of(number)} shows nothing: it was not switched on.",
        $"pc {Printable.Of(number)} on switches it on.");

    public static UserErrorException NoSuchVerb(string words) => new(
        "usage-lab-verb",
        $"\"{Printable.Of(words)}\" is not understood.",
        "help shows what is.");

    public static UserErrorException PcIsOn(int number) => new(
        "lab-pc-on",
        string.Create(CultureInfo.InvariantCulture, $"PC {number} is on."),
        string.Create(CultureInfo.InvariantCulture, $"pc {number} off switches it off."));

    public static UserErrorException PcIsOff(int number) => new(
        "lab-pc-off",
        string.Create(CultureInfo.InvariantCulture, $"PC {number} is off."),
        string.Create(CultureInfo.InvariantCulture, $"pc {number} on switches it on."));

    public static UserErrorException NotInTime(string what, Exception cause) => new(
        "lab-not-in-time",
        $"{what} did not happen: {Printable.Of(cause.Message, 2000)}",
        "artifacts/lab/*.serial shows what each PC said.",
        cause);

    public static UserErrorException FilesDiffer(int number, int partition) => new(
        "lab-files-differ",
        string.Create(CultureInfo.InvariantCulture, $"PC {number} was restored, but partition {partition} has other files than the master."),
        "This must not happen: keep artifacts/lab and report it.");

    public static UserErrorException UsageFirmware(string text) => new(
        "usage-lab-pcs",
        $"\"{Printable.Of(text)}\" is not a firmware.",
        "Name bios, uefi or secure-boot for each PC: --pcs uefi,bios,secure-boot");

    public static UserErrorException UsageDemoPcs() => new(
        "usage-lab-pcs",
        "The demonstration needs two PCs at least: one to be the master, and one that becomes the same.",
        "Name two or more: --pcs uefi,secure-boot");

    public static UserErrorException NetworkRefused(string why) => new(
        "lab-network",
        $"The network cannot be made: {Printable.Of(why, 300)}",
        "It needs root, iproute2, nftables, and a kernel with network namespaces and tbf.");

    // Line by line: the gate shows the end of a line as an unknown character.
    private static string Said(CommandResult result) =>
        string.Join('\n', (result.ErrorOutput + result.Output).Trim().Split('\n').TakeLast(20).Select(line => Printable.Of(line, 300)));
}
