namespace OsDeploy.Api.Carousels;

public enum MulticastMode
{
    /// <summary>IPv4 multicast.</summary>
    Multicast,

    /// <summary>To everybody on the network: for switches that break multicast.</summary>
    Broadcast,

    /// <summary>Every host takes its chunks by HTTPS.</summary>
    Off,
}

/// <summary>How rooms are served at once.</summary>
/// <param name="Interface">Name of the network card; null: the one that serves PCs.</param>
/// <param name="Group">First group address; carousels that run beside each other take the next ones.</param>
/// <param name="Port">First port, as with groups.</param>
/// <param name="Ttl">Routers a datagram may pass, plus one.</param>
/// <param name="MostBytesPerSecond">0: as much as the median host takes.</param>
/// <param name="Querier">Ask hosts for their groups, for switches with IGMP snooping where no router does.</param>
public sealed record MulticastSettings(
    MulticastMode Mode = MulticastMode.Multicast,
    string? Interface = null,
    string Group = MulticastSettings.UsualGroup,
    int Port = MulticastSettings.UsualPort,
    int Ttl = 1,
    long MostBytesPerSecond = 0,
    bool Querier = false)
{
    /// <summary>In the range for one site (RFC 2365, section 6.1: organisation-local starts at 239.192; 239.255/16 is local).</summary>
    public const string UsualGroup = "239.255.77.16";

    public const int UsualPort = 9077;

    /// <summary>Carousels at once.</summary>
    public const int MostCarousels = 16;
}
