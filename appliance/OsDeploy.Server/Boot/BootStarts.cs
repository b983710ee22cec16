using System.Collections.Concurrent;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Boot;

/// <summary>Counts how often a PC was started for its job without a word from it since. Kept, so that a restart of the daemon forgets no loop.</summary>
internal sealed class BootStarts
{
    private readonly Collection<BootStart> _kept;
    private readonly ConcurrentDictionary<string, BootStart> _starts;

    public BootStarts(DocumentStore documents)
    {
        _kept = documents.GetCollection("boot_start", BootJson.Default.BootStart, start => start.Host);
        _starts = new(_kept.FindAll().ToDictionary(start => start.Value.Host, start => start.Value));
    }

    public int Of(string host, string job) => _starts.GetValueOrDefault(host) is { } start && start.Job == job ? start.Count : 0;

    /// <summary>Those that were started as often as it goes.</summary>
    public IReadOnlyList<BootStart> Exhausted => [.. _starts.Values.Where(start => start.Count >= BootDecision.MaxStarts)];

    public void Add(string host, string job) =>
        _kept.Upsert(_starts.AddOrUpdate(host, new BootStart(host, job, 1), (_, _) => new BootStart(host, job, Of(host, job) + 1)));

    /// <summary>The host spoke of its job, or an operator wants it tried again.</summary>
    /// <returns>Id of the host; null: it was not waited for. Agents report every second, so that costs nothing.</returns>
    public string? Clear(string job)
    {
        if (_starts.Values.FirstOrDefault(start => start.Job == job) is not { } start || !_starts.TryRemove(start.Host, out _))
        {
            return null;
        }

        _kept.Delete(start.Host);
        return start.Host;
    }
}
