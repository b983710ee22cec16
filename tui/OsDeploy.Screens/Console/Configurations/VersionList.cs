using System.Collections.Concurrent;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Images;
using OsDeploy.Screens.Session;

namespace OsDeploy.Screens.Console.Configurations;

/// <summary>The versions of one image, or of all, newest first within an image. What a version says of itself never changes, so it is read once.</summary>
internal sealed class VersionList(ConsoleContext context, ImageKind kind, ImageName? image = null)
{
    // Read in the background while somebody looks.
    private readonly ConcurrentDictionary<VersionId, VersionWeight> _weights = [];
    private volatile IReadOnlyDictionary<VersionId, StoredVersion> _stored = new Dictionary<VersionId, StoredVersion>();

    public IReadOnlyList<VersionRow> Rows { get; private set; } = [];

    /// <summary>What is known at once.</summary>
    public void Update(Snapshot now) => Rows =
    [
        .. now.Versions.Where(entry => entry.Kind == kind && (image is null || entry.Image == image))
            .OrderBy(entry => entry.Image.ToString(), StringComparer.OrdinalIgnoreCase).ThenByDescending(entry => entry.CapturedAt)
            .Select(entry => new VersionRow(entry, _stored.GetValueOrDefault(entry.Version), _weights.GetValueOrDefault(entry.Version))),
    ];

    /// <summary>Reads what the versions say of themselves, if there are some not known yet.</summary>
    public async Task ReadAsync(CancellationToken cancel)
    {
        if (Rows.Any(row => row.Stored is null))
        {
            _stored = (await context.Session.CallAsync(ApplianceApi.ListStored, cancel)).ToDictionary(stored => stored.Entry.Version);
            Update(context.Now);
        }
    }

    /// <summary>Reads how much is new in each, one after the other: the appliance reads long indexes for it.</summary>
    /// <param name="read">Called after each.</param>
    public async Task WeighAsync(Action read, CancellationToken cancel)
    {
        foreach (var row in Rows.Where(row => row.Weight is null && row.Stored is not { UsedBytes: null }))
        {
            _weights[row.Entry.Version] = await context.Session.CallAsync(ApplianceApi.Weigh, cancel, row.Id);
            Update(context.Now);
            read();
        }
    }

    /// <summary>The partitions of the current version; none: there is no version, or it is damaged.</summary>
    public IReadOnlyList<StoredPartition> CurrentPartitions => Rows.FirstOrDefault(row => row.Entry.IsCurrent)?.Stored?.Partitions ?? [];
}
