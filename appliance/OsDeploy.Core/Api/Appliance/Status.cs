using OsDeploy.Api.Jobs;

namespace OsDeploy.Api.Appliance;

/// <summary>What anyone may know of an appliance.</summary>
/// <param name="Fingerprint">Four words of its key: the same on its console and on every agent's screen.</param>
public sealed record About(string Name, string Program, string Fingerprint, DateTimeOffset Now);

/// <param name="FreeBytes">What captures may still add.</param>
/// <param name="DamagedChunks">Chunks that versions need and the store knows to be lost.</param>
public sealed record StoreStatus(long FreeBytes, int Images, int Versions, long DamagedChunks, DateTimeOffset? ScrubbedAt);

/// <summary>Something an operator must look at.</summary>
public sealed record Alarm(string Id, DateTimeOffset At, string Code, string Message, string Hint, string? Host, string? Job);

/// <param name="Boot">Whether computers can start over the network: <c>off</c>, <c>up</c> or <c>down</c>.</param>
/// <param name="JobRetries"><see cref="JobSettings.Retries"/>.</param>
public sealed record ApplianceStatus(
    string Name,
    string Program,
    string Fingerprint,
    DateTimeOffset Now,
    DateTimeOffset StartedAt,
    IReadOnlyList<string> Addresses,
    int Hosts,
    int HostsSeen,
    int HostsWithoutConfiguration,
    int Pending,
    int JobsRunning,
    int JobsWaiting,
    int JobsFrozen,
    StoreStatus Store,
    long DocumentBytes,
    bool IsOnReserve,
    IReadOnlyList<Alarm> Alarms,
    string Boot = "off",
    int JobRetries = JobSettings.UsualRetries);

/// <summary>Something changed. Subscribers read the thing itself.</summary>
/// <param name="Kind"><c>host</c>, <c>pending</c>, <c>room</c>, <c>configuration</c>, <c>job</c>, <c>batch</c>, <c>progress</c>, <c>alarm</c>, <c>version</c>, <c>boot</c>.</param>
public sealed record Event(long Number, string Kind, string Id, bool IsDeleted = false);

/// <summary>How two versions differ.</summary>
/// <param name="Shared">Bytes of used content that are the same in both.</param>
public sealed record VersionComparison(long Shared, long OnlyFirst, long OnlySecond, IReadOnlyList<string> Differences);
