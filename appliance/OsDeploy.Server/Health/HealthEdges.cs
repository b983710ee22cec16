namespace OsDeploy.Server.Health;

/// <summary>What of the rest of the appliance its health depends on.</summary>
/// <param name="Data">Folder of everything that is kept.</param>
/// <param name="Copies">Folder of the nightly copies.</param>
/// <param name="HasSsh">Operators log in over SSH here.</param>
/// <param name="Certificate">From when until when it is valid.</param>
/// <param name="Boot">Of dnsmasq: <c>off</c>, <c>up</c> or <c>down</c>.</param>
/// <param name="IsOnReserve">The documents live on their last room.</param>
/// <param name="ScrubbedAt">When all images had been read through; null: never.</param>
/// <param name="CountVersions">How many versions there are.</param>
internal sealed record HealthEdges(
    string Data,
    string Copies,
    bool HasSsh,
    (DateTimeOffset From, DateTimeOffset Until) Certificate,
    Func<string> Boot,
    Func<bool> IsOnReserve,
    Func<DateTimeOffset?> ScrubbedAt,
    Func<CancellationToken, Task<int>> CountVersions);
