using OsDeploy.Api.Boot;
using OsDeploy.Server.Appliance;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Boot;

/// <summary>What was seen of each start: so a technician sees how far a PC came. The last ones are in memory, a few of each host are kept.</summary>
internal sealed class BootHistory(DocumentStore documents, EventHub events, TimeProvider time)
{
    /// <summary>Starts in memory.</summary>
    public const int Most = 500;

    private const int MostSteps = 40;
    private const int KeptPerHost = 5;
    private const int MaxDetail = 200;

    /// <summary>A card that is heard again within this time is still at the same start.</summary>
    private static readonly TimeSpan s_same = TimeSpan.FromSeconds(10);

    /// <summary>How long a start may take from its first packet to its last file.</summary>
    private static readonly TimeSpan s_start = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly LinkedList<BootRecord> _records = new();
    private readonly Collection<HostBoots> _kept = documents.GetCollection("boot_history", BootJson.Default.HostBoots, boots => boots.Host);

    /// <summary>Newest first.</summary>
    /// <param name="host">Id; null: all.</param>
    public IReadOnlyList<BootRecord> List(string? host, int count)
    {
        lock (_gate)
        {
            var live = _records.Where(record => host is null || record.Host == host).ToList();
            var known = live.Select(record => record.Id).ToHashSet();
            var kept = host is null ? [] : _kept.FindById(host)?.Value.Boots ?? [];
            return [.. live.Concat(kept.Where(record => !known.Contains(record.Id))).Take(count)];
        }
    }

    /// <summary>A packet of DHCP or TFTP: the card has a new start unless it is at one.</summary>
    /// <param name="address">That it was given; null: the packet does not say.</param>
    public void Seen(MacAddress mac, string? address, string what, string detail)
    {
        lock (_gate)
        {
            // One that went on to its disk and is heard again starts again.
            var record = AtStart(mac) is { Action: not ("local-disk" or "menu" or "refuse") } known ? known : Add(new BootRecord(NewId(), time.GetUtcNow(), mac.ToString(), null, null, null, null, null, null, null, null, []));
            Step(Put(record with { Address = address ?? record.Address }), what, detail);
        }
    }

    /// <summary>A script is asked for.</summary>
    /// <returns>The start, and whether the same script went to it a moment ago.</returns>
    public (BootRecord Record, bool IsAgain) Ask(MacAddress mac, string address)
    {
        lock (_gate)
        {
            var known = AtStart(mac);
            if (known is { Action: not null } && known.Steps.LastOrDefault(step => step.What == "script")?.At + s_same > time.GetUtcNow())
            {
                return (known, true);
            }

            var record = known is { Action: null } ? known : Add(new BootRecord(NewId(), time.GetUtcNow(), mac.ToString(), null, null, null, null, null, null, null, null, []));
            return (Put(record with { Address = address }), false);
        }
    }

    /// <summary>What was decided about a start.</summary>
    public void Decided(BootRecord decided, string detail)
    {
        lock (_gate)
        {
            Keep(Step(Put(decided), "script", detail));
        }
    }

    /// <summary>A file went to an address.</summary>
    public void Fetched(string address, string what, string detail)
    {
        lock (_gate)
        {
            if (_records.FirstOrDefault(record => record.Address == address && record.At + s_start > time.GetUtcNow()) is { } record)
            {
                Step(record, what, detail);
            }
        }
    }

    /// <summary>The agent of a start spoke.</summary>
    /// <param name="boot">Id, as the agent was told.</param>
    /// <param name="host">Null: it is nobody yet.</param>
    public void Spoke(string boot, string? host, string? name, string what, string detail)
    {
        lock (_gate)
        {
            if (_records.FirstOrDefault(record => record.Id == boot) is { } record)
            {
                Keep(Step(Put(record with { Host = host ?? record.Host, Name = name ?? record.Name }), what, detail));
            }
        }
    }

    /// <summary>A host has begun its job.</summary>
    public void Worked(string host, string detail)
    {
        lock (_gate)
        {
            if (_records.FirstOrDefault(record => record.Host == host) is { } record)
            {
                Keep(Step(record, "job", detail));
            }
        }
    }

    /// <summary>Builds that a PC may be loading just now.</summary>
    public IReadOnlySet<string> BuildsUnderWay()
    {
        lock (_gate)
        {
            return _records.Where(record => record.At + s_start > time.GetUtcNow()).Select(record => record.Build).OfType<string>().ToHashSet();
        }
    }

    private static string NewId() => Guid.NewGuid().ToString("N")[..12];

    private BootRecord? AtStart(MacAddress mac) =>
        _records.FirstOrDefault(record => record.Mac == mac.ToString() && record.At + s_start > time.GetUtcNow() && !record.Steps.Any(step => step.What == "hello"));

    private BootRecord Add(BootRecord record)
    {
        _records.AddFirst(record);
        if (_records.Count > Most)
        {
            _records.RemoveLast();
        }

        return record;
    }

    private BootRecord Put(BootRecord record)
    {
        for (var node = _records.First; node is not null; node = node.Next)
        {
            if (node.Value.Id == record.Id)
            {
                node.Value = record;
                break;
            }
        }

        return record;
    }

    private BootRecord Step(BootRecord record, string what, string detail)
    {
        var step = new BootStep(time.GetUtcNow(), what, Printable.Of(detail, MaxDetail));
        if (record.Steps.Count >= MostSteps || record.Steps is [.., { } last] && last.What == what && last.Detail == step.Detail)
        {
            return record;
        }

        events.Publish("boot", record.Id);
        return Put(record with { Steps = [.. record.Steps, step] });
    }

    private void Keep(BootRecord record)
    {
        if (record.Host is { } host)
        {
            var before = _kept.FindById(host)?.Value.Boots ?? [];
            _kept.Upsert(new HostBoots(host, [record, .. before.Where(other => other.Id != record.Id).Take(KeptPerHost - 1)]));
        }
    }
}
