using System.Globalization;
using OsDeploy.Chunks;
using OsDeploy.Chunks.Folder;

namespace OsDeploy.Images.Folder;

/// <summary>
/// One prune; the store is held exclusively. Every step leaves a store that is whole: references go before what they refer
/// to, and a chunk's new pack is durable before its old one goes (Chunks/FORMAT.md section 8).
/// </summary>
internal sealed class PruneRun(
    StoreFolder folder, FolderChunkStore chunks, VersionFiles versions, IndexFiles indexes, LeaseFiles leases, TimeProvider time)
{
    // A pack is written anew when less than this part of it is needed; below, copying costs more than the room is worth.
    private const double WorthKeeping = 0.6;

    private readonly PackCatalog _catalog = chunks.Catalog;
    private readonly HashSet<ChunkId> _neededIndexes = [];
    private readonly HashSet<ChunkId> _missing = [];
    private readonly HashSet<(Pack Pack, int Offset)> _needed = [];

    public async Task<PruneReport> RunAsync(PruneOptions options, CancellationToken cancel)
    {
        var unexpired = leases.Unexpired();
        if (unexpired.Count > 0 && !options.Now)
        {
            return KeepEverything(unexpired);
        }

        try
        {
            await chunks.BeginPruneAsync();
            return Prune(options, cancel);
        }
        finally
        {
            chunks.EndPrune();
        }
    }

    // Packs that are being written stay open: an agent whose server was restarted writes on before it renews its lease.
    private PruneReport KeepEverything(IReadOnlyList<LeaseRecord> unexpired)
    {
        _catalog.Refresh();
        return new PruneReport(0, 0, _catalog.Packs.Sum(pack => (long)_catalog.EntriesOf(pack).Count), [], [.. unexpired.Select(Because)]);
    }

    private PruneReport Prune(PruneOptions options, CancellationToken cancel)
    {
        var listed = versions.All().ToList(); // before the quarantine: a version on its way there is needed as one or the other
        var quarantined = versions.Quarantined();
        var ended = quarantined.Where(version => options.Now || version.EndsAt <= time.GetUtcNow()).ToList();
        var kept = quarantined.Except(ended).ToList();
        FindNeeded([.. listed.Select(file => (file.Version, file.Path)), .. kept.Select(version => (version.Version, version.Path))], cancel);
        var plan = Plan(cancel);
        var incoming = DeleteIncoming(dryRun: true);
        if (!options.DryRun)
        {
            Execute(ended, plan, cancel);
        }

        return new PruneReport(
            plan.Sum(pack => (long)pack.Unneeded.Count),
            plan.Sum(pack => pack.Unneeded.Sum(entry => entry.StoredLength)) + incoming,
            plan.Sum(pack => (long)pack.Entries.Count - pack.Unneeded.Count),
            [.. ended.Select(version => version.Version)],
            [.. kept.Select(Because)]);
    }

    private void FindNeeded(IReadOnlyList<(VersionId Version, string Path)> manifests, CancellationToken cancel)
    {
        using var codec = new ChunkCodec(ChunkCodec.MaxContentLength);
        var frame = new byte[PackFormat.MaxFrameLength];
        try
        {
            foreach (var (version, path) in manifests)
            {
                foreach (var region in versions.Parse(version, path).Regions().Where(region => _neededIndexes.Add(region.Index)))
                {
                    cancel.ThrowIfCancellationRequested();
                    NeedChunksOf(indexes.Parse(region.Index), frame, codec);
                }
            }
        }
        catch (UserErrorException e)
        {
            throw Errors.PruneRefused(e);
        }
    }

    private void NeedChunksOf(RegionIndex index, byte[] frame, ChunkCodec codec)
    {
        foreach (var id in index.ChunkIds().Where(id => !IsNeeded(id)))
        {
            // One of several copies stays, so that one must be good.
            var isFound = _catalog.CopiesOf(id).Count > 1 ? _catalog.TryProve(id, frame, codec, out var place) : _catalog.TryFind(id, out place);
            if (isFound)
            {
                _needed.Add((place.Pack, place.Offset));
            }
            else
            {
                _missing.Add(id);
            }
        }
    }

    private bool IsNeeded(ChunkId id) => _catalog.TryFind(id, out var place) && _needed.Contains((place.Pack, place.Offset));

    private List<PackPlan> Plan(CancellationToken cancel)
    {
        var marked = _catalog.Marks.Read().Select(mark => mark.Pack).ToHashSet();
        var plan = new List<PackPlan>();
        foreach (var pack in _catalog.Packs)
        {
            cancel.ThrowIfCancellationRequested();
            var entries = _catalog.EntriesOf(pack);
            var needed = entries.Where(entry => _needed.Contains((pack, entry.Offset))).ToList();
            var isWorthKeeping = !pack.IsIndexDamaged && !marked.Contains(pack.Name)
                && needed.Sum(entry => entry.StoredLength) >= WorthKeeping * entries.Sum(entry => entry.StoredLength);
            plan.Add(needed.Count > 0 && isWorthKeeping
                ? new PackPlan(pack, entries, needed, [], MustGo: false)
                : new PackPlan(pack, entries, needed, [.. entries.Except(needed)], MustGo: true));
        }

        return plan;
    }

    private void Execute(List<QuarantinedVersion> ended, List<PackPlan> plan, CancellationToken cancel)
    {
        ended.ForEach(VersionFiles.DeleteQuarantined);
        leases.DeleteAll();
        DeleteIncoming(dryRun: false);
        foreach (var pack in plan.Where(pack => pack.MustGo && pack.Needed.Count == 0))
        {
            _catalog.Delete(pack.Pack, pack.Entries);
        }

        _catalog.SyncDeletions();
        new PackRewrite(chunks).Run([.. plan.Where(pack => pack.MustGo && pack.Needed.Count > 0)], _missing, cancel);
        foreach (var index in indexes.All().Where(index => !_neededIndexes.Contains(index)).ToList())
        {
            indexes.Delete(index);
        }

        TidyMarks();
        DeleteTemporaryFiles();
    }

    // A pack of a capture that lives in this process is locked and stays.
    private long DeleteIncoming(bool dryRun) => Directory.EnumerateFiles(folder.Packs.Incoming, "*" + PackPaths.Extension)
        .Sum(path => PackSalvage.Delete(path, dryRun));

    // Marks of packs that are gone say nothing any more; what is still missing has a mark of its own.
    private void TidyMarks()
    {
        var packs = _catalog.Packs.Select(pack => pack.Name).ToHashSet();
        foreach (var id in _missing)
        {
            _catalog.Marks.Add(new DamageMark(id, Pack: null));
        }

        foreach (var mark in _catalog.Marks.Read().Where(mark => mark.Pack is null ? !_missing.Contains(mark.Chunk) : !packs.Contains(mark.Pack)))
        {
            _catalog.Marks.Remove(mark);
        }
    }

    private void DeleteTemporaryFiles()
    {
        foreach (var path in Directory.EnumerateFiles(folder.Root, "*.tmp", SearchOption.AllDirectories).ToList())
        {
            File.Delete(path);
        }
    }

    private static string Because(LeaseRecord lease) => $"everything is kept for {lease.Describe()}, which ended without a version";

    private static string Because(QuarantinedVersion version) => string.Create(
        CultureInfo.InvariantCulture,
        $"version {version.Version.Short} was deleted and can come back until {version.EndsAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}

/// <param name="Unneeded">What goes: nothing, if the pack stays as it is.</param>
/// <param name="MustGo">The pack is deleted, after its needed chunks were copied.</param>
internal sealed record PackPlan(
    Pack Pack, IReadOnlyList<PackEntry> Entries, IReadOnlyList<PackEntry> Needed, IReadOnlyList<PackEntry> Unneeded, bool MustGo);
