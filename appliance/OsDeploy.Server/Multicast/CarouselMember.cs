using OsDeploy.Api.Carousels;
using OsDeploy.Multicast;

namespace OsDeploy.Server.Multicast;

/// <summary>One host in a carousel, as it says of itself. Guarded by its session.</summary>
internal sealed class CarouselMember(string job, string agent, string name, long joinedAt)
{
    public string Job { get; } = job;

    /// <summary>The start of the host that joined; a later one joins anew.</summary>
    public string Agent { get; } = agent;

    public string Name { get; } = name;

    /// <summary>Chunks it needs, as it said for <see cref="NeedPass"/>; null: it has not said.</summary>
    public ChunkBits? Need { get; private set; }

    public int NeedPass { get; private set; }

    public CarouselStanding Standing { get; private set; } = CarouselStanding.Awaited;

    public long Missing { get; private set; }

    public double BytesPerSecond { get; private set; }

    public double Loss { get; private set; }

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
        var seconds = Math.Max(report.Seconds, 0.001);
        BytesPerSecond = report.Bytes / seconds;
        Loss = report.Received + report.Lost > 0 ? (double)report.Lost / (report.Received + report.Lost) : 0;
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
