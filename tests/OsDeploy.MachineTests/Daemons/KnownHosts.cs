using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Text;

namespace OsDeploy.MachineTests.Daemons;

/// <summary>What one client knows of its own hosts: what was acknowledged, and the one thing that was under way.</summary>
/// <param name="number">Of the client: its hosts are nobody else's.</param>
internal sealed class KnownHosts(int number, Random random)
{
    private const int MostHosts = 8;

    private readonly Dictionary<string, State> _hosts = [];
    private readonly HashSet<string> _batches = [];
    private int _next;
    private (string Host, State? After)? _underWay;

    public int Acknowledged { get; private set; }

    /// <summary>Asks for one thing and remembers what came of it.</summary>
    public async Task StepAsync(ApiClient api, CancellationToken cancel)
    {
        if (_hosts.Count == 0 || (_hosts.Count < MostHosts && random.Next(3) == 0))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"w{number}-pc{++_next}");
            await DoAsync(name, new State("", null), () => api.CallAsync(HostApi.Add, new NewHosts([new NewHost(MacOf(_next), name)]), cancel));
            return;
        }

        var (host, state) = _hosts.ElementAt(random.Next(_hosts.Count));
        switch (random.Next(4))
        {
            case 0 when state.Job is null:
                await DoAsync(host, null, () => api.CallAsync(HostApi.Delete, cancel, host));
                break;
            case 1 when state.Job is { } job:
                await DoAsync(host, state with { Job = null }, () => api.CallAsync(JobApi.Cancel, cancel, job));
                break;
            case 2 when state.Job is null:
                await StartAsync(api, host, state, cancel);
                break;
            default:
                var notes = random.Next().ToString(CultureInfo.InvariantCulture);
                await DoAsync(host, state with { Notes = notes }, () => api.CallAsync(HostApi.Change, new HostChange(Notes: notes), cancel, host));
                break;
        }
    }

    /// <summary>Everything acknowledged is there, and what was under way is there whole or not at all.</summary>
    public void Hold(IReadOnlyList<HostView> hosts, IReadOnlyList<BatchView> batches)
    {
        var own = hosts.Where(host => host.Host.Name.ToString().StartsWith(string.Create(CultureInfo.InvariantCulture, $"w{number}-"), StringComparison.OrdinalIgnoreCase))
            .ToDictionary(host => host.Host.Name.ToString(), host => new State(host.Host.Notes, host.Job), StringComparer.OrdinalIgnoreCase);
        foreach (var name in _hosts.Keys.Union(own.Keys, StringComparer.OrdinalIgnoreCase).ToList())
        {
            var (before, now) = (_hosts.GetValueOrDefault(name), own.GetValueOrDefault(name));
            var isUnderWay = _underWay is { } step && step.Host == name && (now?.IsLike(step.After) ?? step.After is null);
            Assert.True(isUnderWay || (now?.IsLike(before) ?? before is null), $"{name} was {before}, {_underWay} was under way, and it is {now}");
            if (now is null)
            {
                _hosts.Remove(name);
            }
            else
            {
                _hosts[name] = now;
            }
        }

        // The list is cut: what is older than all of it cannot be on it.
        _batches.RemoveWhere(batch => batches.Count > 0 && string.CompareOrdinal(batch, batches[^1].Batch.Id) < 0);
        Assert.Superset(_batches, batches.Select(batch => batch.Batch.Id).ToHashSet());
        _underWay = null;
    }

    private async Task StartAsync(ApiClient api, string host, State state, CancellationToken cancel)
    {
        var request = new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Hold, new HostSelection([host]), new JobOptions());
        _underWay = (host, state with { Job = State.SomeJob });
        var batch = (await api.CallAsync(JobApi.Start, request, cancel)).Batch!;
        _batches.Add(batch);
        _hosts[host] = state with { Job = State.SomeJob };
        _underWay = null;
        Acknowledged++;
        _hosts[host] = state with { Job = (await api.AskAsync(JobApi.List, "batch=" + batch, cancel)).Single().Job.Id };
    }

    private async Task DoAsync(string host, State? after, Func<Task> ask)
    {
        _underWay = (host, after);
        await ask();
        if (after is null)
        {
            _hosts.Remove(host);
        }
        else
        {
            _hosts[host] = after;
        }

        _underWay = null;
        Acknowledged++;
    }

    private MacAddress MacOf(int host) =>
        MacAddress.TryParse(string.Create(CultureInfo.InvariantCulture, $"02{number:x2}{host:x8}"), out var mac) ? mac : throw new InvalidOperationException("It is no address.");

    /// <param name="Job">Id of the job it has; null: none.</param>
    private sealed record State(string Notes, string? Job)
    {
        /// <summary>It was started, and its number was not heard.</summary>
        public const string SomeJob = "some";

        public bool IsLike(State? other) =>
            other is not null && Notes == other.Notes && (Job == other.Job || (Job is not null && other.Job == SomeJob));
    }
}
