using System.Collections.Concurrent;
using OsDeploy.Api.Hosts;

namespace OsDeploy.Server.Hosts;

/// <param name="Address">Where it spoke from.</param>
internal readonly record struct LastHeard(DateTimeOffset At, string Address);

/// <summary>When hosts and pending computers were last heard. Kept in memory: a poll every few seconds is not worth a write.</summary>
internal sealed class Presence(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, LastHeard> _heard = [];

    public void Seen(string id, string address) => _heard[id] = new LastHeard(time.GetUtcNow(), address);

    public LastHeard? Find(string id) => _heard.TryGetValue(id, out var heard) ? heard : null;

    /// <param name="after">Null: all.</param>
    public IReadOnlyList<HeardComputer> Since(DateTimeOffset? after) =>
        [.. _heard.Where(pair => after is null || pair.Value.At > after).Select(pair => new HeardComputer(pair.Key, pair.Value.At, pair.Value.Address))];

    public void Forget(string id) => _heard.TryRemove(id, out _);
}
