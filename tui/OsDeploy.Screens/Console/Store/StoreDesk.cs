using System.Collections.Concurrent;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Appliance;
using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Screens.Console.Store;

/// <summary>The images of the store, or the manual ones, and what can be done with them.</summary>
internal sealed class StoreDesk(ConsoleContext context, ImageKind kind, TimeProvider time)
{
    // What a version adds to the one before never changes; which one is before does.
    private readonly ConcurrentDictionary<(VersionId Version, VersionId? Before), long> _fresh = new();

    public ImageKind Kind => kind;

    public TimeZoneInfo Zone => time.LocalTimeZone;

    /// <summary>The appliance's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + context.Now.Skew;

    /// <summary>By image, newest first; then the deleted ones. Empty until they were read.</summary>
    public IReadOnlyList<VersionRow> Rows { get; private set; } = [];

    /// <summary>Those whose <see cref="FreshBytesOf"/> is not known yet.</summary>
    public IReadOnlyList<VersionRow> Unweighed => [.. Rows.Where(row => row is { IsDeleted: false, UsedBytes: not null } && FreshBytesOf(row) is null)];

    public async Task ReadAsync(CancellationToken cancel)
    {
        var configurations = context.Now.Configurations.GroupBy(view => view.Configuration.Image).ToDictionary(group => group.Key, group => group.First().Configuration.Name);
        var stored = await context.Session.CallAsync(ApplianceApi.ListStored, cancel);
        var deleted = await context.Session.CallAsync(ApplianceApi.ListDeleted, cancel);
        Rows =
        [
            .. stored.Where(one => one.Entry.Kind == kind).Select(one => VersionRow.Of(one, configurations.GetValueOrDefault(one.Entry.Image, ""))),
            .. deleted.Where(one => one.Kind == kind).Select(VersionRow.Of),
        ];
    }

    /// <summary>Those in which every word that was typed is found somewhere.</summary>
    public IReadOnlyList<VersionRow> Find(string filter)
    {
        var words = filter.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? Rows : [.. Rows.Where(row => words.All(word => TextOf(row).Contains(word, StringComparison.OrdinalIgnoreCase)))];
    }

    /// <summary>What it added to the version before it; null: not asked yet.</summary>
    public long? FreshBytesOf(VersionRow row) => _fresh.TryGetValue((row.Version, Before(row)?.Version), out var bytes) ? bytes : null;

    /// <param name="withOnly">Also what goes with it, for which the whole store is looked through.</param>
    public async Task<VersionWeight> WeighAsync(VersionRow row, bool withOnly, CancellationToken cancel)
    {
        var before = Before(row)?.Version;
        var weight = await context.Session.AskAsync(ApplianceApi.Weigh, withOnly ? "only=true" : "", cancel, row.Version.ToString());
        _fresh[(row.Version, before)] = weight.New;
        return weight;
    }

    public Task<VersionComparison> CompareAsync(VersionRow first, VersionRow second, CancellationToken cancel) =>
        context.Session.CallAsync(ApplianceApi.Compare, cancel, first.Version.ToString(), second.Version.ToString());

    public Task MakeCurrentAsync(VersionRow row, CancellationToken cancel) => context.Session.AskStoreAsync(store => DoneAsync(store.SetCurrentAsync(row.Version, cancel)), cancel);

    public Task UndeleteAsync(VersionRow row, CancellationToken cancel) => context.Session.AskStoreAsync(store => DoneAsync(store.UndeleteAsync(row.Version, cancel)), cancel);

    public Task<DateTimeOffset> DeleteAsync(VersionRow row, CancellationToken cancel) =>
        context.Session.AskStoreAsync(store => store.DeleteAsync(row.Version, cancel), cancel);

    public Task<PruneReport> PruneAsync(PruneOptions options, CancellationToken cancel) =>
        context.Session.AskStoreAsync(store => store.PruneAsync(options, cancel), cancel);

    /// <param name="only">Null: the whole store.</param>
    public Task<CheckReport> CheckAsync(VersionRow? only, CancellationToken cancel) =>
        context.Session.AskStoreAsync(store => store.CheckAsync(only?.Version, new Meter(), cancel), cancel);

    /// <summary>Other versions of the same image, newest first.</summary>
    public IReadOnlyList<VersionRow> OthersOf(VersionRow row) =>
        [.. Rows.Where(other => !other.IsDeleted && other.Image == row.Image && other.Version != row.Version)];

    /// <summary>How many hosts restore from the image.</summary>
    public int HostsOf(VersionRow row) => context.Now.Configuration(row.Configuration)?.Hosts ?? 0;

    /// <returns>Why not; null: it can.</returns>
    public string? WhyNot(VersionRow? row, StoreDeed deed) => deed switch
    {
        StoreDeed.Prune => context.Session.May(Right.Administer) ? null : Words.Store.NeedsAdmin,
        StoreDeed.Compare or StoreDeed.Look when row is null => Words.Store.NothingChosen,
        StoreDeed.Compare => row!.IsDeleted || OthersOf(row).Count == 0 ? Words.Store.NoOther : null,
        StoreDeed.Look => null,
        _ when !context.Session.May(Right.EditImages) => Words.Store.NeedsImager,
        StoreDeed.Check => null,
        _ when row is null => Words.Store.NothingChosen,
        StoreDeed.Undelete => row.IsDeleted ? null : Words.Store.NotDeleted,
        _ when row.IsDeleted => Words.Store.IsDeleted,
        StoreDeed.MakeCurrent => row.IsCurrent ? Words.Store.IsCurrentAlready : null,
        _ => null,
    };

    private VersionRow? Before(VersionRow row) =>
        Rows.Where(other => !other.IsDeleted && other.Image == row.Image).SkipWhile(other => other.Version != row.Version).Skip(1).FirstOrDefault();

    private string TextOf(VersionRow row) =>
        string.Join('\n', row.Image, row.Version.Short, row.Configuration, row.CapturedBy, Times.Of(row.CapturedAt, Zone), StoreText.StateOf(row, Now), StoreText.PartitionOf(row));

    private static async Task<bool> DoneAsync(Task work)
    {
        await work;
        return true;
    }
}

internal enum StoreDeed
{
    Look,
    MakeCurrent,
    Compare,
    Check,
    Undelete,
    Prune,
    Delete,
}
