namespace OsDeploy.Benchmarks.Streams;

/// <summary>What happens to the last host of a room.</summary>
internal enum RoomMishap
{
    None,

    /// <summary>It loses power once half has been sent, and stays off.</summary>
    Killed,

    /// <summary>It is switched on once half has been sent.</summary>
    Late,

    /// <summary>Its link has a tenth of the speed.</summary>
    Slow,
}

/// <param name="Rate">Of every link, in Mbit/s.</param>
/// <param name="IsUnicast">Every host takes its chunks by HTTPS.</param>
internal sealed record StreamedRoomPlan(int Receivers, int Rate, bool IsUnicast, RoomMishap Mishap)
{
    private const long BytesPerMegabit = 125_000;
    private const int SlowShare = 10;

    public long LinkBytesPerSecond => Rate * BytesPerMegabit;

    /// <summary>As tc(8) says it.</summary>
    public string LinkRate => FormattableString.Invariant($"{Rate}mbit");

    public string SlowRate => FormattableString.Invariant($"{Rate * 1000L / SlowShare}kbit");

    /// <summary>Hosts to which nothing happens: the first ones.</summary>
    public int Healthy => Mishap == RoomMishap.None ? Receivers : Receivers - 1;

    /// <summary>Hosts whose restores are waited for.</summary>
    public int Awaited => Mishap == RoomMishap.Late ? Receivers : Healthy;
}

/// <summary>The programs that act in a room.</summary>
internal sealed record RoomPrograms(string Osdeploy, string Osdeployd);
