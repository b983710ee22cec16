using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Console.Configurations;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Console.Network;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>All that is known of one host: what it is, what is in it, what was done with it, and what its job says.</summary>
internal sealed class HostFacts(ConsoleContext context, string id, TimeProvider time)
{
    private const int MostLines = 2000;
    private const int MostStarts = 5;

    private IReadOnlyList<BootOutlook> _outlooks = [];
    private IReadOnlyList<BootRecord> _starts = [];
    private string? _logged;

    public string Id { get; } = id;

    /// <summary>Null until it was read.</summary>
    public HostView? View { get; private set; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JobView> Jobs { get; private set; } = [];

    /// <summary>Of its newest job. A new list each time: it is read in the background while somebody looks.</summary>
    public IReadOnlyList<JobLogLine> Log { get; private set; } = [];

    public string Title => View is null ? "" : View.Host.Name.ToString();

    /// <summary>Reads the host, its jobs and the lines of the log that are new.</summary>
    public async Task ReadAsync(CancellationToken cancel)
    {
        View = await context.Session.CallAsync(HostApi.Show, cancel, Id);
        Jobs = await context.Session.AskAsync(JobApi.List, "host=" + Uri.EscapeDataString(View.Host.Name.ToString()), cancel);
        _outlooks = await context.Session.CallAsync(BootApi.Look, cancel, Id);
        _starts = await context.Session.AskAsync(BootApi.History, $"host={Uri.EscapeDataString(Id)}&count={MostStarts}", cancel);
        await ReadLogAsync(cancel);
    }

    /// <summary>The lines behind the last one known, of the job the host has now.</summary>
    public async Task ReadLogAsync(CancellationToken cancel)
    {
        var job = context.Now.LatestJobs.GetValueOrDefault(Id)?.Job.Id ?? (Jobs is [var newest, ..] ? newest.Job.Id : null);
        if (job is null)
        {
            return;
        }

        var known = job == _logged ? Log : [];
        var more = await context.Session.AskAsync(JobApi.Log, known.Count > 0 ? $"after={known[^1].Number}" : "", cancel, job);
        (_logged, Log) = (job, [.. known.Concat(more).TakeLast(MostLines)]);
    }

    private static string? OfflineOf(OfflineJoin? offline) => offline is null ? null
        : offline.Job is { } job ? Language.Fill(Words.Domains.FactOfflineUsed, offline.Data, job.TrimStart('0')) : Language.Fill(Words.Domains.FactOfflineNew, offline.Data);

    public IReadOnlyList<Fact> Facts
    {
        get
        {
            if (View is not { Host: var host, Host.Details: var details })
            {
                return [];
            }

            var seen = context.Now.LastSeen(Id) ?? View.LastSeen;
            return Fact.Of(
                (Words.Hosts.RoomLabel, host.Room),
                (Words.Hosts.ConfigurationLabel, host.Configuration + (View.IsMaster ? $" ({Words.Hosts.Master})" : "")),
                (Words.Domains.FactBelongs, string.Join(", ", new[] { host.Join?.Domain, host.Join?.MachineOu, host.Join?.Workgroup }.OfType<string>())),
                (Words.Domains.FactOffline, OfflineOf(View.OfflineJoin)),
                (Words.Domains.FactJoined, View.Joined is { } joined ? Language.Fill(Words.Domains.FactJoinedBy, joined.Domain, joined.Name, joined.Account ?? "djoin", Times.Of(joined.At, time.LocalTimeZone)) : null),
                (Words.Hosts.StateLabel, host.IsBlocked ? Words.Hosts.Blocked : null),
                (Words.Carousels.FactStanding, context.Now.ActiveJobOf(Id) is { } active && context.Now.StreamOf(active.Job.Id) is { } stream ? StreamText.Of(stream) : null),
                (Words.Hosts.MacsLabel, string.Join(' ', host.Identity.Macs)),
                (Words.Hosts.AddressLabel, View.Address),
                (Words.Hosts.LastSeenLabel, Times.Of(seen, time.LocalTimeZone)),
                (Words.Hosts.SerialLabel, host.Identity.SystemSerial ?? details.Serial),
                (Words.Hosts.BoardLabel, host.Identity.BoardSerial),
                ("UUID", host.Identity.SystemUuid),
                (Words.Hosts.InventoryNumber, details.InventoryNumber),
                (Words.Hosts.Owner, details.Owner),
                (Words.Hosts.Place, string.Join(", ", new[] { details.Row, details.Place }.Where(part => !string.IsNullOrEmpty(part)))),
                (Words.Hosts.NotesLabel, host.Notes),
                (Words.Hosts.ChangedLabel, $"{Times.Of(host.ChangedAt, time.LocalTimeZone)} {host.ChangedBy}"));
        }
    }

    /// <summary>What is in the computer, disks first.</summary>
    public IReadOnlyList<Fact> Hardware => View?.Host.Inventory is not { } inventory ? [] : Fact.Of(
    [
        (Words.Hosts.Computer, $"{inventory.Vendor} {inventory.Model}"),
        (Words.Hosts.Firmware, inventory.Firmware == "uefi" ? "UEFI" : "BIOS"),
        (Words.Hosts.SecureBoot, SecureBootText(inventory.SecureBoot)),
        (Words.Hosts.Assurance, Assurance.TierOf(inventory) == 0 ? Words.Hosts.AssuranceNone : Words.Hosts.AssuranceSigned),
        ("TPM", inventory.Tpm),
        (Words.Hosts.Memory, Sizes.Of(inventory.MemoryBytes)),
        .. inventory.Disks.Select(disk => (Language.Fill(Words.Hosts.Disk, disk.Name), (string?)DiskText(disk))),
        .. (inventory.Partitions ?? []).Select(partition => ($"{partition.Disk} {partition.Number.ToString(CultureInfo.InvariantCulture)}", (string?)PartitionText(partition))),
        .. inventory.Devices.Select(device => (device.Kind, (string?)device.Name)),
    ]);

    /// <summary>What a restore does with each partition; what the host has of its own is marked.</summary>
    public IReadOnlyList<Fact> Partitions => View is null ? [] : Fact.Of(View.Partitions.Select(partition =>
        (PlanText.NumberOf(partition.Plan), (string?)(PlanText.Of(partition.Plan) + (partition.FromHost.Count > 0 ? $" ({Words.Hosts.OwnSetting})" : "")))));

    /// <summary>What it would boot now, by each way it may come; in one line where they are alike.</summary>
    public IReadOnlyList<Fact> Outlook => Fact.Of(_outlooks.GroupBy(one => (one.Action, one.Because)).Select(group => (
        string.Join("; ", group.Select(one => BootText.FirmwareOf(one.Firmware, one.Loader))),
        (string?)$"{BootText.ActionOf(group.Key.Action)}: {BootText.ReasonOf(group.Key.Because, group.First().Reason, group.First().Once, time.LocalTimeZone)}")));

    /// <summary>Its last starts over the network, newest first.</summary>
    public IReadOnlyList<string> Starts =>
        [.. _starts.Select(record => $"{Times.Of(record.At, time.LocalTimeZone)}  {BootText.BarOf(BootText.StageOf(record)),-16}  {BootText.ActionOf(record.Action)}: {BootText.ReasonOf(record.Because, record.Reason, record.Once, time.LocalTimeZone)}")];

    /// <summary>What was done with it, newest first.</summary>
    public IReadOnlyList<string> History =>
    [
        .. Jobs.Select(view => string.Join("  ", new[]
        {
            Times.Of(view.Job.EndedAt ?? view.Job.StartedAt ?? view.Job.CreatedAt, time.LocalTimeZone), JobText.KindOf(view.Job.Kind), JobText.StateOf(view), view.Job.Fault?.Message ?? "",
        }.Where(part => part.Length > 0))),
    ];

    private static string? SecureBootText(string? state) => state switch
    {
        "on" => Words.Common.Yes,
        "off" => Words.Common.No,
        "setup" => Words.Hosts.SecureBootSetup,
        _ => null,
    };

    private static string PartitionText(HostPartition partition) => string.Join(", ", new[]
    {
        Sizes.Of(partition.Size), partition.FileSystem, partition.Label,
    }.Where(part => !string.IsNullOrEmpty(part)));

    public static string DiskText(HostDisk disk) => string.Join(", ", new[]
    {
        Sizes.Of(disk.Size), disk.Model, disk.Serial ?? disk.Wwn, disk.Transport, disk.IsRemovable ? Words.Hosts.Removable : null,
    }.Where(part => !string.IsNullOrEmpty(part)));
}
