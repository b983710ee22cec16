using System.Globalization;

namespace OsDeploy.Agent.Network.Wireless;

/// <summary>Reads what wpa_supplicant has heard. All of it comes from whoever sends near by.</summary>
internal static class ScanList
{
    private const int MaxText = 4096;

    // What a screen of 24 lines holds together with the question; a name can be typed.
    private const int Most = 15;

    /// <summary>An answer to <c>BSS</c>: a name and a value per line.</summary>
    /// <returns>Null: it has no name, or is not understood.</returns>
    public static WirelessNetwork? TryParse(string text)
    {
        var values = (text.Length > MaxText ? "" : text).Split('\n')
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0])
            .ToDictionary(group => group.Key, group => group.First()[1]);
        return Ssid.TryParse(values.GetValueOrDefault("ssid", ""), out var ssid)
            && int.TryParse(values.GetValueOrDefault("level"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var level)
            ? new WirelessNetwork(ssid, Math.Clamp(level, -200, 0), SecurityOf(values.GetValueOrDefault("flags", "")))
            : null;
    }

    /// <summary>The strongest first, each once, however many access points it has.</summary>
    public static IReadOnlyList<WirelessNetwork> Of(IEnumerable<WirelessNetwork> heard) => [.. heard
        .GroupBy(network => (network.Ssid, network.Security))
        .Select(same => same.MaxBy(network => network.Level)!)
        .OrderByDescending(network => network.Level)
        .ThenBy(network => network.Ssid.Hex, StringComparer.Ordinal)
        .Take(Most)];

    // [WPA2-PSK-CCMP][ESS], [WPA2-PSK+SAE-CCMP], [WPA2-EAP-CCMP], [WEP]. One that takes a key as well as users is joined by its key.
    private static WirelessSecurity SecurityOf(string flags)
    {
        bool Has(string word) => flags.Contains(word, StringComparison.Ordinal);
        return Has("PSK") || Has("SAE") ? WirelessSecurity.Key
            : Has("EAP") || Has("WEP") || Has("OWE") || Has("WPA") || Has("RSN") || Has("OSEN") ? WirelessSecurity.Other
            : WirelessSecurity.Open;
    }
}
