namespace OsDeploy.Images;

/// <param name="Reason">Printable.</param>
public sealed record VersionNotCopied(VersionEntry Version, string Reason);

/// <param name="Copied">Versions that are at the destination now and were not before.</param>
/// <param name="Present">Versions that were there already, whole.</param>
/// <param name="Left">Versions that cannot be copied: they are damaged, or lack chunks.</param>
/// <param name="Chunks">Chunks that were moved.</param>
/// <param name="Bytes">Of their frames.</param>
public sealed record StoreCopyReport(IReadOnlyList<VersionEntry> Copied, IReadOnlyList<VersionEntry> Present, IReadOnlyList<VersionNotCopied> Left, long Chunks, long Bytes);

/// <summary>
/// Copies many versions from a store to another, for moving house. Only missing chunks move and each is proved, so that a copy that was cut
/// short goes on where it was. Nothing at the destination is overwritten: an image that is there keeps its current version.
/// </summary>
/// <param name="progress">Bytes of content, with a total from the beginning on.</param>
public sealed class StoreCopy(IImageStore from, IImageStore to, Meter progress)
{
    private readonly List<VersionEntry> _copied = [];
    private readonly List<VersionNotCopied> _left = [];
    private long _chunks;
    private long _bytes;

    /// <param name="wanted">Whether a version is to be copied.</param>
    /// <param name="begins">Called before each version.</param>
    /// <exception cref="UserErrorException">What the two stores throw, but for damage of a single version.</exception>
    public async Task<StoreCopyReport> RunAsync(Func<VersionEntry, bool> wanted, Action<VersionEntry> begins, CancellationToken cancel)
    {
        var there = await to.ListAsync(cancel);
        var whole = there.Where(entry => entry.DamagedChunks == 0).Select(entry => entry.Version).ToHashSet();
        var asked = (await from.ListAsync(cancel)).Where(wanted).ToList();
        var work = new List<(VersionEntry Entry, long Bytes)>();
        foreach (var entry in asked.Where(entry => !whole.Contains(entry.Version)))
        {
            await TryAsync(entry, async () => work.Add((entry, await SizeOfAsync(entry, cancel))));
        }

        progress.AddTotal(work.Sum(one => one.Bytes));
        var images = there.Select(entry => (entry.Kind, entry.Image)).ToHashSet();
        foreach (var (entry, _) in work)
        {
            begins(entry);
            await TryAsync(entry, () => CopyAsync(entry, entry.IsCurrent && !images.Contains((entry.Kind, entry.Image)), cancel));
        }

        return new StoreCopyReport(_copied, [.. asked.Where(entry => whole.Contains(entry.Version))], _left, _chunks, _bytes);
    }

    private async Task CopyAsync(VersionEntry entry, bool makeCurrent, CancellationToken cancel)
    {
        using var copy = new ImageCopy(from, to, new Meter(progress));
        var report = await copy.RunAsync(entry.Version, signature: null, makeCurrent, cancel);
        (_chunks, _bytes) = (_chunks + report.Copied, _bytes + report.CopiedBytes);
        _copied.Add(entry);
    }

    private async Task<long> SizeOfAsync(VersionEntry entry, CancellationToken cancel)
    {
        if (entry.DamagedChunks > 0)
        {
            throw Errors.VersionIncomplete(entry.Version, entry.DamagedChunks);
        }

        try
        {
            var manifest = Manifest.Parse(await from.ReadManifestAsync(entry.Version, cancel));
            return manifest.Regions().Sum(region => (long)region.Chunks) * manifest.ChunkSize;
        }
        catch (FormatException e)
        {
            throw Errors.VersionDamaged(entry.Version, from.Address, e);
        }
    }

    // One bad version must not keep the others from being saved.
    private async Task TryAsync(VersionEntry entry, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (UserErrorException e) when (e.Code is "version-incomplete" or "version-damaged" or "version-missing" or "index-missing" or "index-damaged" or "store-chunk-damaged" or "store-chunk-missing" or "copy-incomplete")
        {
            _left.Add(new VersionNotCopied(entry, e.Message));
        }
    }
}
