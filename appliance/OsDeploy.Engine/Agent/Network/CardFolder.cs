using System.Globalization;

namespace OsDeploy.Agent.Network;

/// <summary>The network cards that the kernel shows, and their VLAN if one is wanted.</summary>
/// <param name="folder"><c>/sys/class/net</c> but in tests.</param>
internal sealed class CardFolder(string folder, int? vlan)
{
    private const string Ethernet = "1";

    /// <summary>Wired cards, by name. Wireless ones, tunnels, bridges and VLANs are none.</summary>
    public IReadOnlyList<string> Names() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).OfType<string>().Where(IsWired).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Something alive is at the other end of a card that is switched on.</summary>
    public bool HasCable(string name) => Text(name, "carrier") == "1";

    /// <summary>Switches all cards on, new ones too.</summary>
    /// <returns>The names to ask over: of the cards, or of the VLAN on each.</returns>
    public async Task<IReadOnlyList<string>> ReadyAsync(CancellationToken cancel)
    {
        var names = Names();
        foreach (var name in names.Where(name => !IsOn(name)))
        {
            await LinkAsync(cancel, "set", "dev", name, "up");
        }

        if (vlan is not { } number)
        {
            return names;
        }

        foreach (var name in names.Where(name => !Directory.Exists(Path.Combine(folder, VlanOf(name, number)))))
        {
            await LinkAsync(cancel, "add", "link", name, "name", VlanOf(name, number), "type", "vlan", "id", number.ToString(CultureInfo.InvariantCulture));
            await LinkAsync(cancel, "set", "dev", VlanOf(name, number), "up");
        }

        return [.. names.Select(name => VlanOf(name, number))];
    }

    public static Task SwitchOffAsync(string name, CancellationToken cancel) => LinkAsync(cancel, "set", "dev", name, "down");

    // The kernel's own limit is 15 letters.
    private static string VlanOf(string card, int number) => string.Create(CultureInfo.InvariantCulture, $"{card[..Math.Min(card.Length, 10)]}.{number}");

    private bool IsWired(string name) =>
        name != "lo" && Text(name, "type") == Ethernet && !HasFolder(name, "wireless") && !HasFolder(name, "phy80211") && !HasFolder(name, "bridge") && !IsVirtual(name);

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
