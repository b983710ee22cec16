using System.Collections.Concurrent;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Configurations;

namespace OsDeploy.Server.Agents;

/// <summary>
/// Which starts of strict hosts an operator has compared with what stands on their screens. Whoever passes for a host by its hardware
/// alone is given nothing there; the words are made of what that start drew and of the appliance's key, so that nobody in between shows
/// the same ones.
/// </summary>
internal sealed class Pairings(AgentBook book, ConfigurationRegistry configurations, ServerKey key, EventHub events, AuditLog audit, TimeProvider time)
{
    /// <summary>A start that waits asks every two seconds: one that was not heard for so long is switched off.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Waiting> _waiting = [];

    /// <summary>Whether a start of this host may be given work. If not, it is among <see cref="Of"/> for as long as it asks.</summary>
    /// <param name="job">That it would be given: consoles hear when somebody is to compare.</param>
    public bool Allows(AgentRecord agent, Host host, Job job)
    {
        if (agent.PairedBy is not null || !IsStrict(host))
        {
            _waiting.TryRemove(agent.Id, out _);
            return true;
        }

        var now = time.GetUtcNow();
        var waiting = _waiting.AddOrUpdate(agent.Id, _ => new Waiting(host.Id, agent.Address, now, now), (_, before) => before with { Host = host.Id, Address = agent.Address, HeardAt = now });
        foreach (var gone in _waiting.Where(one => now - one.Value.HeardAt > s_silence).ToList())
        {
            _waiting.TryRemove(gone);
        }

        if (waiting.Since == waiting.HeardAt)
        {
            events.Publish("job", job.Id);
        }

        return false;
    }

    /// <summary>Starts that say they are this host and wait to be compared, the first first. More than one: somebody is not what they say.</summary>
    public IReadOnlyList<UnpairedStart> Of(string host) =>
        [.. Lately(host).OrderBy(one => one.Waiting.Since).Select(one => new UnpairedStart(WordsOf(one.Agent), one.Waiting.Address, one.Waiting.Since))];

    /// <summary>An operator has read these words on the screen of the computer that the job is for.</summary>
    /// <exception cref="UserErrorException"><c>pairing-nobody</c>, <c>pairing-words</c></exception>
    public void Pair(Job job, string words, string by)
    {
        var waiting = Lately(job.Host).ToList();
        if (waiting.Count == 0)
        {
            throw AgentErrors.NobodyToPair(job.HostName);
        }

        if (waiting.Find(one => PairingWords.AreEqual(WordsOf(one.Agent), words)).Agent is not { } agent)
        {
            audit.Append(by, "host-pair-refused", job.HostName, "the words were others");
            throw AgentErrors.OtherWords(job.HostName);
        }

        audit.Append(by, "host-pair", job.HostName, $"job {job.Id.TrimStart('0')}, from {agent.Address}");
        book.Pair(agent, by);
        _waiting.TryRemove(agent.Id, out _);
    }

    private bool IsStrict(Host host) => host.Configuration is { } name && configurations.Find(name) is { IsStrict: true };

    private string WordsOf(AgentRecord agent) => PairingWords.OfHash(agent.NonceHash, key);

    private IEnumerable<(AgentRecord Agent, Waiting Waiting)> Lately(string host)
    {
        var now = time.GetUtcNow();
        foreach (var (id, waiting) in _waiting)
        {
            if (waiting.Host == host && now - waiting.HeardAt <= s_silence && book.ById(id) is { PairedBy: null } agent && agent.Host == host)
            {
                yield return (agent, waiting);
            }
        }
    }

    private sealed record Waiting(string Host, string Address, DateTimeOffset Since, DateTimeOffset HeardAt);
}
