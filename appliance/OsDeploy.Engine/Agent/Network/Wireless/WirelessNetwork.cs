namespace OsDeploy.Agent.Network.Wireless;

/// <summary>What a wireless network asks of who joins it.</summary>
public enum WirelessSecurity
{
    /// <summary>Nothing, and whoever is near can read along.</summary>
    Open,

    /// <summary>One key for all: WPA2 or WPA3 Personal.</summary>
    Key,

    /// <summary>What is not done here: names of users, certificates, WEP.</summary>
    Other,
}

/// <param name="Level">How strong it is here, in dBm: -40 is near, -85 is hardly there.</param>
public sealed record WirelessNetwork(Ssid Ssid, int Level, WirelessSecurity Security);
