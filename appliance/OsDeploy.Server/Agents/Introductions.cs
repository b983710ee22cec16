using System.Collections.Concurrent;
using OsDeploy.Api.Hosts;
using OsDeploy.Server.Hosts;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Agents;

/// <summary>Finds out which host an agent is, and looks again when hosts have changed: an agent that waits is not matched at every poll.</summary>
internal sealed class Introductions
{
    private readonly AgentBook _book;
    private readonly HostMeetings _meetings;
    private readonly ConcurrentDictionary<string, long> _lookedAt = new();
    private long _changes;

    public Introductions(AgentBook book, HostMeetings meetings, DocumentStore documents)
    {
        (_book, _meetings) = (book, meetings);
        documents.Changed += (_, change) =>
        {
            if (change.Collection is "host" or "pending")
            {
                Interlocked.Increment(ref _changes);
            }
        };
    }

    public MeetResult Meet(HardwareIdentity identity, Inventory inventory, string address, bool isLab) => _meetings.Meet(identity, inventory, address, isLab);

    /// <summary>Whether an agent's hardware still is that of its host: an operator may have given the host to another computer.</summary>
    public static bool IsStill(AgentRecord agent, Host host) => host.IsLab == agent.IsLab
        && HardwareMatch.Of(HardwareValues.Of(agent.Identity), [KnownHardware.Of(host.Id, host.Identity)]).Kind == MatchKind.Known;

    /// <returns>The agent as it is now: an operator may have registered it.</returns>
    public AgentRecord LookAgain(AgentRecord agent, string address)
    {
        var now = Interlocked.Read(ref _changes);
        if (agent.Host is not null)
        {
            return agent;
        }

        // What it said is in the list of those who wait. One that is not there any more was registered, or fell out and says hello again.
        if (agent.Pending is not { } pending || _meetings.Find(pending) is not { } waiting)
        {
            _lookedAt.TryRemove(agent.Id, out _);
            if (_meetings.HostOf(agent.Identity, agent.IsLab) is { } registered)
            {
                return _book.Become(agent, registered.Id, pending: null);
            }

            _book.Remove(agent);
            throw AgentErrors.Unknown();
        }

        if (_lookedAt.TryGetValue(agent.Id, out var then) && then == now)
        {
            _meetings.Seen(pending, address);
            return agent;
        }

        var met = _meetings.Meet(agent.Identity, waiting.Inventory, address, agent.IsLab);
        if (met.Host is null)
        {
            // A meeting may write, and so count as a change: what it left is what was looked at.
            _lookedAt[agent.Id] = Interlocked.Read(ref _changes);
        }
        else
        {
            _lookedAt.TryRemove(agent.Id, out _);
        }

        return met.Host?.Id == agent.Host && met.Pending?.Id == agent.Pending ? agent : _book.Become(agent, met.Host?.Id, met.Pending?.Id);
    }
}
