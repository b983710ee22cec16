using OsDeploy.Benchmarks.Streams;

namespace OsDeploy.Benchmarks.Measuring;

/// <summary>Readings of one run.</summary>
/// <param name="CpuSeconds">User and system, of all processes of the script.</param>
/// <param name="PeakBytes">Resident memory of the largest process.</param>
/// <param name="StoredBytes">What the run added to its folder.</param>
/// <param name="FetchedBytes">Compressed bytes osdeploy read from its store, as it reports.</param>
/// <param name="Room">What simulated hosts saw; null: there were none.</param>
/// <param name="ServerSeconds">User and system, of a server in the background.</param>
/// <param name="Screens">What a terminal saw; null: there was none.</param>
/// <param name="Stream">What receivers of a stream got; null: there was none.</param>
/// <param name="Streamed">How a room of real programs was restored; null: there was none.</param>
/// <param name="WrittenBytes">What reached the target, as its block device counted.</param>
internal sealed record Measured(
    double Seconds,
    double CpuSeconds,
    long PeakBytes,
    long StoredBytes = 0,
    long FetchedBytes = 0,
    long WrittenBytes = 0,
    RoomFigures? Room = null,
    ScreenFigures? Screens = null,
    double ServerSeconds = 0,
    StreamFigures? Stream = null,
    StreamedRoomFigures? Streamed = null);
