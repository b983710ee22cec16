using OsDeploy.Api.Carousels;

namespace OsDeploy.Multicast;

/// <summary>What a receiver sees of its stream, once a report.</summary>
/// <param name="BytesPerSecond">That it took since the report before.</param>
/// <param name="Silence">Since the last datagram.</param>
/// <param name="SilentServer">Since the appliance last answered.</param>
/// <param name="Elapsed">Since the report before.</param>
internal sealed record StreamSight(CarouselOrders Orders, int Missing, double BytesPerSecond, TimeSpan Silence, TimeSpan SilentServer, TimeSpan Elapsed);

/// <summary>When a receiver leaves its stream and takes the rest by HTTPS.</summary>
internal sealed class StayRule
{
    /// <summary>So few are quicker asked for than waited for.</summary>
    private const int Few = 16;

    private static readonly TimeSpan s_dry = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_serverSilent = TimeSpan.FromSeconds(20);

    private TimeSpan _slowFor;

    /// <returns>Why it leaves; null: it stays.</returns>
    public string? WhyLeave(StreamSight sight)
    {
        var isSending = sight.Orders.State == CarouselState.Sending;
        var isSlow = isSending && sight.BytesPerSecond < sight.Orders.MedianBytesPerSecond / 2;
        _slowFor = isSlow ? _slowFor + sight.Elapsed : TimeSpan.Zero;
        return sight switch
        {
            { Orders.State: CarouselState.Ended } => "the stream has ended",
            { SilentServer: var silent } when silent > s_serverSilent => "the appliance does not answer",
            { Missing: <= Few } when isSending => "only a few chunks are missing",
            { Silence: var silence } when isSending && silence > s_dry => "nothing of the stream arrives here: see whether the switch passes multicast",
            _ when _slowFor > s_slow => "this computer takes less than half of what the others take",
            _ => null,
        };
    }
}
