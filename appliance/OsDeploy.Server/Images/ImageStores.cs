using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Jobs;

namespace OsDeploy.Server.Images;

/// <param name="Fault">Why there is none.</param>
internal sealed record PlannedImage(VersionEntry? Version, Manifest? Manifest, JobFault? Fault);

/// <summary>The store of this appliance, and those of other appliances that configurations use.</summary>
internal sealed class ImageStores(IImageStore own, ConfigurationRegistry configurations, TimeProvider time)
{
    /// <summary>Opens the store a configuration uses. Another appliance is asked once: an operator waits for the answer.</summary>
    /// <param name="configuration">Null: this appliance's own.</param>
    public OpenedStore Open(Configuration? configuration) => configuration is not null && configurations.StoreOf(configuration) is { } remote
        ? OpenRemote(remote)
        : new OpenedStore(own, isOwned: false);

    /// <summary>Opens the store a job works with.</summary>
    /// <exception cref="UserErrorException"><c>store-changed</c></exception>
    public OpenedStore OpenFor(Job job) => job.Store is null ? new OpenedStore(own, isOwned: false)
        : RemoteOf(job) is { } remote ? OpenRemote(remote)
        : throw JobErrors.StoreChanged(job.Id);

    /// <summary>Whether the store a job was started with is still the one of its configuration.</summary>
    public bool IsReachedBy(Job job) => job.Store is null || RemoteOf(job) is not null;

    /// <summary>The other appliance's store that a job was started with, its token open; null: its configuration uses another one now.</summary>
    public RemoteStore? RemoteOf(Job job) =>
        job.ConfigurationId is { } id && configurations.Find(id) is { } configuration && configurations.StoreOf(configuration) is { } remote
        && (remote.Url, remote.Pin) == (job.Store?.Url, job.Store?.Pin) ? remote : null;

    /// <summary>The version a job means and its manifest, or why there is none.</summary>
    /// <param name="version">The beginning of its id; null: the current one.</param>
    public async Task<PlannedImage> TryFindAsync(Configuration? configuration, ImageKind kind, ImageName image, string? version, CancellationToken cancel)
    {
        try
        {
            await using var opened = Open(configuration);
            return await FindAsync(opened.Store, kind, image, version, cancel);
        }
        catch (UserErrorException e)
        {
            return new PlannedImage(null, null, JobFaults.Unreadable(e));
        }
        catch (FormatException e)
        {
            return new PlannedImage(null, null, new JobFault("start", "version-damaged", e.Message, "Capture the image again."));
        }
    }

    private static async Task<PlannedImage> FindAsync(IImageStore store, ImageKind kind, ImageName image, string? version, CancellationToken cancel)
    {
        var versions = (await store.ListAsync(cancel)).Where(entry => entry.Kind == kind && entry.Image == image).ToList();
        if (versions.Count == 0)
        {
            return new PlannedImage(null, null, JobFaults.NoImage(image));
        }

        var meant = version is null
            ? versions.Where(entry => entry.IsCurrent).ToList()
            : versions.FindAll(entry => entry.Version.ToString().StartsWith(version, StringComparison.OrdinalIgnoreCase));
        return meant is [var one]
            ? new PlannedImage(one, Manifest.Parse(await store.ReadManifestAsync(one.Version, cancel)), null)
            : new PlannedImage(null, null, JobFaults.NoVersion(image, version ?? "current"));
    }

    private OpenedStore OpenRemote(RemoteStore remote) =>
        new(new HttpImageStore(remote.Url, time, new ConnectionOptions { ServerKey = KeyOf(remote), Token = remote.Token }.Once()), isOwned: true);

    private static ServerKey? KeyOf(RemoteStore remote) => ServerKey.TryParse(remote.Pin, out var key) ? key : null;
}

/// <summary>A store for the time of one question.</summary>
internal sealed class OpenedStore(IImageStore store, bool isOwned) : IAsyncDisposable
{
    public IImageStore Store => store;

    public ValueTask DisposeAsync() => isOwned ? store.DisposeAsync() : ValueTask.CompletedTask;
}
