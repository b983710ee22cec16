using System.Net;
using OsDeploy.Api.Carousels;

namespace OsDeploy.Multicast;

/// <summary>The appliance as a receiver meets it, beside the datagrams: over the pinned connection of its agent.</summary>
public interface ICarouselDoor
{
    /// <summary>Hears a group on the card over which the appliance is reached.</summary>
    /// <exception cref="System.Net.Sockets.SocketException"/>
    GroupSocket Listen(IPEndPoint group);

    /// <param name="needed">Distinct chunks.</param>
    Task<CarouselTicket> JoinAsync(long needed, CancellationToken cancel);

    /// <exception cref="UserErrorException"><c>carousel-missing</c></exception>
    Task NeedAsync(string carousel, ChunkBits need, CancellationToken cancel);

    /// <returns>Number of the newest plan, and what it sends.</returns>
    /// <exception cref="UserErrorException"><c>carousel-missing</c></exception>
    Task<(int Number, ChunkBits Plan)> PlanAsync(string carousel, int count, CancellationToken cancel);

    /// <param name="report">Its fence is the door's to fill in.</param>
    /// <exception cref="UserErrorException"><c>carousel-missing</c>, <c>lease-lost</c></exception>
    Task<CarouselOrders> ReportAsync(string carousel, CarouselReport report, CancellationToken cancel);
}

/// <summary>Where a restore may hear its chunks.</summary>
/// <param name="Say">Hears lines for the log of the job.</param>
public sealed record StreamSource(ICarouselDoor Door, Action<string> Say, TimeProvider Time);
