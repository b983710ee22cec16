namespace OsDeploy.Benchmarks.Measuring;

/// <summary>What simulated hosts saw of an appliance.</summary>
/// <param name="Polls">How many were measured.</param>
/// <param name="PollP50Milliseconds">0 without a poll.</param>
/// <param name="PollP99Milliseconds">0 without a poll.</param>
/// <param name="LostCalls">Attempts that got no answer or the wrong one and had to be repeated, and refusals.</param>
/// <param name="DaemonPeakBytes">Resident memory of the daemon at its most, from its start on.</param>
/// <param name="Verified">Hosts whose jobs the appliance itself counts as ended well.</param>
/// <param name="RestoreSeconds">From the start of the batch to the end of its last job.</param>
/// <param name="ContentBytes">Content of chunks that was decoded and hashed by all hosts together.</param>
/// <param name="FetchedBytes">The same as it came over the wire.</param>
/// <param name="FirstFailure">Of a restore; null: none.</param>
internal sealed record RoomFigures(
    int Polls,
    double PollP50Milliseconds,
    double PollP99Milliseconds,
    int LostCalls,
    long DaemonPeakBytes,
    int Verified,
    double RestoreSeconds,
    long ContentBytes,
    long FetchedBytes,
    string? FirstFailure);
