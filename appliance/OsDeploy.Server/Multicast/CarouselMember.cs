using OsDeploy.Api.Carousels;
using OsDeploy.Multicast;

namespace OsDeploy.Server.Multicast;

/// <summary>One host in a carousel, as it says of itself. Guarded by its session.</summary>
internal sealed class CarouselMember(string job, string agent, string name, long joinedAt)
{
    private const double ShortestReport = 0.001;

    public string Job { get; } = job;

    /// <summary>The start of the host that joined; a later one joins anew.</summary>
    public string Agent { get; } = agent;

    public string Name { get; } = name;

    /// <summary>Chunks it needs, as it said for <see cref="NeedPass"/>; null: it has not said.</summary>
    public ChunkBits? Need { get; private set; }

    public int NeedPass { get; private set; }

    public CarouselStanding Standing { get; private set; } = CarouselStanding.Awaited;

    public long Missing { get; private set; }

    /// <summary>What it kept.</summary>
    public double BytesPerSecond { get; private set; }

    /// <summary>Share of the datagrams that did not reach it.</summary>
    public double Loss { get; private set; }

    /// <summary>Share of the datagrams that it could not use: lost, or dropped because its disk was behind.</summary>
    public double Waste { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>Timestamp of when it was last heard.</summary>
    public long HeardAt { get; private set; } = joinedAt;

    /// <summary>It listens to the stream, or is about to.</summary>
    public bool IsActive => Standing is CarouselStanding.Ready or CarouselStanding.Receiving;

    public void Needs(ChunkBits need, int pass, long now)
    {
        (Need, NeedPass, Missing, HeardAt) = (need, pass, need.CountSet(), now);
        if (Standing == CarouselStanding.Awaited)
        {
            Standing = CarouselStanding.Ready;
        }
    }

    public void Hear(CarouselReport report, bool isSending, long now)
    {
        (Missing, HeardAt) = (report.Missing, now);
        var (sent, overrun) = (Math.Max(1.0, report.Received + report.Lost), Math.Min(report.Overrun, report.Received));
        (Loss, Waste) = (report.Lost / sent, (report.Lost + overrun) / sent);
        BytesPerSecond = report.Bytes * (1 - (overrun / Math.Max(1.0, report.Received))) / Math.Max(report.Seconds, ShortestReport);
        if (report.Missing == 0)
        {
            Standing = CarouselStanding.Complete;
        }
        else if (report.Leaves is { } why)
        {
            Leave(why);
        }
        else if (isSending && Standing == CarouselStanding.Ready)
        {
            Standing = CarouselStanding.Receiving;
        }
    }

    /// <summary>It takes the rest by HTTPS.</summary>
    public void Leave(string why) => (Standing, Reason, Need) = (CarouselStanding.Unicast, why, null);

    public void Gone() => (Standing, Need) = (CarouselStanding.Gone, null);
}
