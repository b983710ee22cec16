namespace OsDeploy.Api.Carousels;

/// <summary>A host whose disks are compared wants to take part.</summary>
/// <param name="Fence">As in its order.</param>
/// <param name="Needed">Distinct chunks it needs.</param>
public sealed record CarouselJoin(long Fence, long Needed);

/// <summary>Where chunks come past, or why none do.</summary>
/// <param name="Id">8 hexadecimal digits, in every datagram; null: this restore takes its chunks by HTTPS.</param>
/// <param name="Reason">For the log of the job.</param>
/// <param name="Group">IPv4 address that datagrams are sent to: a multicast group or a broadcast address.</param>
/// <param name="Key">32 bytes that open them.</param>
/// <param name="Table">SHA-256 of the chunk table, which both ends make of the version.</param>
public sealed record CarouselTicket(string? Id, string Reason, string? Group, int Port, byte[]? Key, string? Table);

/// <summary>What a receiver has taken since its last report.</summary>
/// <param name="Bytes">Of datagrams of this carousel.</param>
/// <param name="Received">Datagrams.</param>
/// <param name="Lost">Datagrams that were sent and did not come.</param>
/// <param name="Overrun">Datagrams of chunks that came whole and found no room, because the disk was behind.</param>
/// <param name="Missing">Chunks it needs still.</param>
/// <param name="Seconds">That this report covers.</param>
/// <param name="Leaves">Why it takes the rest by HTTPS; null: it stays.</param>
public sealed record CarouselReport(long Fence, long Bytes, long Received, long Lost, long Overrun, long Missing, double Seconds, string? Leaves = null);

/// <param name="State">As it is at the server.</param>
/// <param name="Pass">Number of the pass that is sent, or is about to be; a receiver says anew what it needs when it changes.</param>
/// <param name="Planned">Number of the newest plan (0: none): which chunks a pass sends.</param>
/// <param name="MedianBytesPerSecond">What the median receiver takes.</param>
/// <param name="Aborted">Too few hosts came, and the operator wanted none to begin then.</param>
public sealed record CarouselOrders(CarouselState State, int Pass, int Planned, double MedianBytesPerSecond, bool Aborted = false);
