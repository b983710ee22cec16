using OsDeploy.Api.Boot;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Boot;

/// <summary>
/// What the next start of a host boots, once. It is used up when that start has succeeded, not when it was begun: the client says hello with
/// the id of its start. A disk or a menu has nobody who could report; there it counts that the host's loader was sent the whole script, over
/// HTTP or, when that fails, over TFTP. What comes after is the doing of the loader alone, and would be the same the next time. Neither is
/// proof: who poses as a host on the wire can use it up, and the host then starts as usual.
/// </summary>
internal sealed class NextStarts
{
    private readonly Lock _gate = new();
    private readonly Collection<NextStart> _kept;
    private readonly Dictionary<string, NextStart> _pending;
    private readonly Dictionary<string, (string Boot, BootOnce Once)> _given = [];

    public NextStarts(DocumentStore documents)
    {
        _kept = documents.GetCollection("boot_next", BootJson.Default.NextStart, next => next.Host);
        _pending = _kept.FindAll().ToDictionary(next => next.Value.Host, next => next.Value);
    }

    public IReadOnlyList<NextStart> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _pending.Values];
            }
        }
    }

    /// <param name="host">Id of a host.</param>
    /// <returns>Null: it starts as usual.</returns>
    public BootOnce? Of(string host)
    {
        lock (_gate)
        {
            return _pending.GetValueOrDefault(host)?.Once;
        }
    }

    /// <summary>In place of what was said before.</summary>
    public void Set(string host, BootOnce once)
    {
        lock (_gate)
        {
            Keep(new NextStart(host, once, []));
        }
    }

    /// <returns>What it was; null: there was nothing.</returns>
    public BootOnce? Clear(string host)
    {
        lock (_gate)
        {
            return Drop(host)?.Once;
        }
    }

    /// <summary>A start of the host is what was said.</summary>
    /// <param name="boot">Id of that start.</param>
    public void Given(string host, string boot)
    {
        lock (_gate)
        {
            if (_pending.GetValueOrDefault(host) is { } next)
            {
                _given[host] = (boot, next.Once);
                Keep(next with { Once = next.Once with { Starts = next.Once.Starts + 1 }, Boots = [.. next.Boots, boot] });
            }
        }
    }

    /// <returns>What decided a start, as it was then: a loader that asks twice gets the same answer, although it is used up.</returns>
    public BootOnce? GivenFor(string host, string boot)
    {
        lock (_gate)
        {
            return _given.TryGetValue(host, out var given) && given.Boot == boot ? given.Once : null;
        }
    }

    /// <summary>The whole script of a start went to its loader.</summary>
    public void Sent(string host, string boot)
    {
        lock (_gate)
        {
            if (_pending.GetValueOrDefault(host) is { Once.To: not BootTarget.Client } next && next.Boots.Contains(boot))
            {
                Drop(host);
            }
        }
    }

    /// <summary>The agent of a start spoke.</summary>
    /// <param name="host">Which host it is, by its own word.</param>
    public void Spoke(string host, string boot)
    {
        lock (_gate)
        {
            if (_pending.GetValueOrDefault(host) is { Once.To: BootTarget.Client } next && next.Boots.Contains(boot))
            {
                Drop(host);
            }
        }
    }

    private void Keep(NextStart next)
    {
        _kept.Upsert(next);
        _pending[next.Host] = next;
    }

    private NextStart? Drop(string host)
    {
        if (!_pending.Remove(host, out var next))
        {
            return null;
        }

        _kept.Delete(host);
        return next;
    }
}

/// <param name="Host">Its id.</param>
/// <param name="Boots">Ids of the starts that were given it.</param>
internal sealed record NextStart(string Host, BootOnce Once, IReadOnlyList<string> Boots);
