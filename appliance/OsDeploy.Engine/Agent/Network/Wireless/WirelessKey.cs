namespace OsDeploy.Agent.Network.Wireless;

/// <summary>The key of a wireless network. It is never shown, and not part of any text by accident.</summary>
public sealed class WirelessKey
{
    private const int Shortest = 8;
    private const int Longest = 63;

    private readonly string _value;

    private WirelessKey(string value) => _value = value;

    /// <returns>Null: no network has such a key (IEEE 802.11, J.4: 8 to 63 letters of ASCII).</returns>
    public static WirelessKey? TryParse(string typed) =>
        typed.Length is >= Shortest and <= Longest && typed.All(letter => letter is >= ' ' and <= '~') ? new WirelessKey(typed) : null;

    /// <summary>As wpa_supplicant takes it: it looks for the last quote, so that those within are letters.</summary>
    internal string Quoted => $"\"{_value}\"";

    public override string ToString() => "********";
}
