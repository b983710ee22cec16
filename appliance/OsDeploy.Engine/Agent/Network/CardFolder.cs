using System.Globalization;

namespace OsDeploy.Agent.Network;

/// <summary>The network cards that the kernel shows, and their VLAN if one is wanted.</summary>
/// <param name="folder"><see cref="Usual"/> but in tests.</param>
/// <param name="control">Folder in which each wireless card has a socket that somebody has chosen to use.</param>
internal sealed class CardFolder(string folder, int? vlan, string control = CardFolder.UsualControl)
{
    public const string Usual = "/sys/class/net";
    public const string UsualControl = DhcpAsking.Folder + "/wireless";

    private const string Ethernet = "1";

    /// <summary>Wired cards, by name. Wireless ones, tunnels, bridges and VLANs are none.</summary>
    public IReadOnlyList<string> Names() => NamesOf(IsWired);

    /// <summary>Wireless cards, by name, whether they are used or not.</summary>
    public IReadOnlyList<string> WirelessNames() => NamesOf(IsWireless);

    /// <summary>Something alive is at the other end of a card that is switched on; a wireless one has got through with its key.</summary>
    public bool HasCable(string name) => IsWireless(name) ? Text(name, "operstate") == "up" : Text(name, "carrier") == "1";

    public bool IsWireless(string name) => Text(name, "type") == Ethernet && (HasFolder(name, "wireless") || HasFolder(name, "phy80211"));

    /// <summary>Switches all cards on, new ones too; of the wireless ones those that are used.</summary>
    /// <returns>The names to ask over, those with a cable first: of the cards, or of the VLAN on each.</returns>
    public async Task<IReadOnlyList<string>> ReadyAsync(CancellationToken cancel)
    {
        var names = Names();
        var wireless = WirelessNames().Where(name => File.Exists(Path.Combine(control, name))).ToList();
        foreach (var name in names.Concat(wireless).Where(name => !IsOn(name)))
        {
            await SwitchOnAsync(name, cancel);
        }

        if (vlan is not { } number)
        {
            return [.. names, .. wireless];
        }

        foreach (var name in names.Where(name => !Directory.Exists(Path.Combine(folder, VlanOf(name, number)))))
        {
            await LinkAsync(cancel, "add", "link", name, "name", VlanOf(name, number), "type", "vlan", "id", number.ToString(CultureInfo.InvariantCulture));
            await LinkAsync(cancel, "set", "dev", VlanOf(name, number), "up");
        }

        return [.. names.Select(name => VlanOf(name, number)), .. wireless];
    }

    public static Task SwitchOnAsync(string name, CancellationToken cancel) => LinkAsync(cancel, "set", "dev", name, "up");

    public static Task SwitchOffAsync(string name, CancellationToken cancel) => LinkAsync(cancel, "set", "dev", name, "down");

    // The kernel's own limit is 15 letters.
    private static string VlanOf(string card, int number) => string.Create(CultureInfo.InvariantCulture, $"{card[..Math.Min(card.Length, 10)]}.{number}");

    private IReadOnlyList<string> NamesOf(Func<string, bool> isWanted) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).OfType<string>().Where(isWanted).Order(StringComparer.Ordinal)]
        : [];

    private bool IsWired(string name) => name != "lo" && Text(name, "type") == Ethernet && !IsWireless(name) && !HasFolder(name, "bridge") && !IsVirtual(name);

    private bool IsVirtual(string name) => (Text(name, "uevent") ?? "").Contains("DEVTYPE=", StringComparison.Ordinal);

    private bool IsOn(string name) => int.TryParse(Text(name, "flags")?.Replace("0x", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var flags) && (flags & 1) != 0;

    private bool HasFolder(string name, string part) => Directory.Exists(Path.Combine(folder, name, part));

    // Reading the carrier of a card that is off is an error.
    private string? Text(string name, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, name, file)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A card may go while it is looked at: what fails is seen at the next look.
    private static Task<CommandResult> LinkAsync(CancellationToken cancel, params string[] words) => new Command("ip", ["link", .. words]).Accepting(_ => true).RunAsync(cancel);
}
