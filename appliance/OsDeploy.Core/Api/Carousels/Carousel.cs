using OsDeploy.Images;

namespace OsDeploy.Api.Carousels;

public enum CarouselState
{
    /// <summary>It waits for its hosts.</summary>
    Gathering,

    Sending,

    /// <summary>Nothing is sent any more: everybody has everything, or what is left comes by HTTPS.</summary>
    Ended,
}

/// <summary>How a host of the batch stands to its carousel.</summary>
public enum CarouselStanding
{
    /// <summary>It has not joined.</summary>
    Awaited,

    /// <summary>It has said what it needs.</summary>
    Ready,

    Receiving,

    /// <summary>It has all that it needs.</summary>
    Complete,

    /// <summary>It takes what it needs by HTTPS.</summary>
    Unicast,

    /// <summary>It is not heard any more, or its job has ended.</summary>
    Gone,
}

/// <param name="Job">Id of its job.</param>
/// <param name="Missing">Chunks it still needs.</param>
/// <param name="BytesPerSecond">What it took lately.</param>
/// <param name="Loss">Share of the datagrams that did not reach it lately: 0 to 1.</param>
/// <param name="Reason">Why it takes the rest by HTTPS; null: it does not.</param>
public sealed record CarouselHost(
    string Job, string Name, CarouselStanding Standing, long Missing, double BytesPerSecond, double Loss, string? Reason);

/// <summary>One stream of chunks to the hosts of a batch.</summary>
/// <param name="Id">8 hexadecimal digits; null: none was opened.</param>
/// <param name="Reason">Why it is as it is, in a sentence: for how many hosts, or why there is none.</param>
/// <param name="Target">Group address and port; null: none was opened.</param>
/// <param name="BytesPerSecond">Sent lately.</param>
/// <param name="Pass">How often it has begun anew; the first is 1, 0: not begun.</param>
/// <param name="Sent">Chunks of this pass that are sent.</param>
/// <param name="Planned">Chunks of this pass.</param>
/// <param name="Loss">Of the median host: 0 to 1.</param>
/// <param name="Parity">Datagrams added for repair, per datagram of content.</param>
/// <param name="StartsIn">Seconds until it begins without those that are missing; null: it has begun, or waits for no time.</param>
public sealed record CarouselView(
    string? Id,
    string Batch,
    ImageName? Image,
    VersionId? Version,
    CarouselState State,
    string Reason,
    string? Target,
    double BytesPerSecond,
    int Pass,
    long Sent,
    long Planned,
    double Loss,
    double Parity,
    double? StartsIn,
    IReadOnlyList<CarouselHost> Hosts);
