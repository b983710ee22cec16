namespace OsDeploy.Benchmarks.Streams;

/// <summary>How a room of real programs was restored over shaped links. A host without a mishap is a healthy one.</summary>
/// <param name="Hosts">Healthy ones.</param>
/// <param name="LinkBytesPerSecond">What a link carries, headers included.</param>
/// <param name="Seconds">From the first chunk sent until the last healthy host was verified.</param>
/// <param name="WriteSeconds">From the same moment until the appliance heard that the last healthy host had written all of it.</param>
/// <param name="LastSeconds">Until the host that was late was verified; without one, as <paramref name="Seconds"/>.</param>
/// <param name="FetchedBytes">Compressed, by one healthy host: the mean.</param>
/// <param name="UsedBytes">What is on one disk afterwards.</param>
/// <param name="Verified">Hosts that the appliance counts as ended well.</param>
/// <param name="SenderCpuSeconds">User and system of the daemon in that time; 0: not measured.</param>
/// <param name="HostCpuSeconds">The same of the agents of all healthy hosts together.</param>
/// <param name="Way">How chunks came, as the first host says.</param>
/// <param name="FirstFailure">Of a restore; null: none.</param>
internal sealed record StreamedRoomFigures(
    int Hosts,
    double LinkBytesPerSecond,
    double Seconds,
    double WriteSeconds,
    double LastSeconds,
    long FetchedBytes,
    long UsedBytes,
    int Verified,
    double SenderCpuSeconds,
    double HostCpuSeconds,
    string? Way = null,
    string? FirstFailure = null);
