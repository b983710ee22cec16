using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Agents;

/// <summary>Every agent that said hello lately, by its credential. Reads come from memory: hundreds of agents poll.</summary>
internal sealed class AgentBook
{
    public const string TokenPrefix = "osda_";

    /// <summary>Beyond this the agents that said hello first are forgotten; they say hello again.</summary>
    public const int MaxAgents = 3000;

    private const int TokenSize = 32;

    private readonly Lock _gate = new();
    private readonly Func<string, bool> _isWorking;
    private readonly Collection<AgentRecord> _kept;
    private readonly ConcurrentDictionary<string, AgentRecord> _byToken = new();
    private readonly ConcurrentDictionary<string, AgentRecord> _byNonce = new();
    private readonly ConcurrentDictionary<string, AgentRecord> _byId = new();

    /// <param name="isWorking">Whether an agent has a running job: such a one is never forgotten.</param>
    public AgentBook(DocumentStore documents, Func<string, bool> isWorking)
    {
        _isWorking = isWorking;
        _kept = documents.GetCollection("agent", AgentJson.Default.AgentRecord, agent => agent.Id);
        foreach (var agent in _kept.FindAll())
        {
            Remember(agent.Value);
        }
    }

    public AgentRecord? ByToken(string token) => _byToken.GetValueOrDefault(Hash(token));

    public AgentRecord? ByNonce(string nonce) => _byNonce.GetValueOrDefault(Hash(nonce));

    public AgentRecord? ById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Of each pending computer, by its id, the agent that said hello last.</summary>
    public IReadOnlyDictionary<string, AgentRecord> Waiting =>
        _byId.Values.Where(agent => agent.Pending is not null).GroupBy(agent => agent.Pending!).ToDictionary(group => group.Key, group => group.MaxBy(agent => agent.SaidHelloAt)!);

    /// <summary>Gives an agent a new credential. One that says hello again (its answer was lost) keeps its id.</summary>
    /// <param name="agent">Its hashes are filled in here.</param>
    public (AgentRecord Agent, string Token) Admit(AgentRecord agent, string nonce)
    {
        var token = TokenPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenSize));
        lock (_gate)
        {
            var before = ByNonce(nonce);
            var pairedBy = before?.Host == agent.Host ? before?.PairedBy : null;
            var admitted = agent with { Id = before?.Id ?? agent.Id, TokenHash = Hash(token), NonceHash = Hash(nonce), PairedBy = pairedBy };
            MakeRoom();
            _kept.Upsert(admitted);
            if (before is not null)
            {
                Forget(before);
            }

            Remember(admitted);
            return (admitted, token);
        }
    }

    /// <summary>An agent has become another pending computer, or a host.</summary>
    public AgentRecord Become(AgentRecord agent, string? host, string? pending) => Keep(agent with { Host = host, Pending = pending, PairedBy = null });

    /// <summary>An operator has compared the words of this start. It may have said hello again since, or have become another.</summary>
    public void Pair(AgentRecord agent, string by)
    {
        lock (_gate)
        {
            if (ById(agent.Id) is { } now && (now.Host, now.NonceHash) == (agent.Host, agent.NonceHash))
            {
                Keep(now with { PairedBy = by });
            }
        }
    }

    /// <summary>Its credential counts no more.</summary>
    public void Remove(AgentRecord agent)
    {
        lock (_gate)
        {
            _kept.Delete(agent.Id);
            Forget(agent);
        }
    }

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private AgentRecord Keep(AgentRecord known)
    {
        lock (_gate)
        {
            _kept.Upsert(known);
            Remember(known);
            return known;
        }
    }

    private void MakeRoom()
    {
        if (_byId.Count < MaxAgents)
        {
            return;
        }

        // Strangers first: anyone can say hello.
        var leastNeeded = _byId.Values.OrderBy(agent => agent.Host is not null).ThenBy(agent => agent.SaidHelloAt);
        foreach (var oldest in leastNeeded.Where(agent => !_isWorking(agent.Id)).Take(_byId.Count - MaxAgents + 1).ToList())
        {
            _kept.Delete(oldest.Id);
            Forget(oldest);
        }
    }

    private void Remember(AgentRecord agent) => _byId[agent.Id] = _byToken[agent.TokenHash] = _byNonce[agent.NonceHash] = agent;

    private void Forget(AgentRecord agent)
    {
        _byToken.TryRemove(agent.TokenHash, out _);
        _byNonce.TryRemove(agent.NonceHash, out _);
        _byId.TryRemove(agent.Id, out _);
    }
}
