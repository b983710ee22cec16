using OsDeploy.Api;
using OsDeploy.Images;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Images;

/// <summary>Requests for what is in the store beside chunks.</summary>
internal sealed class VersionHandlers(IImageStore store, CaptureLeases leases, AgentStoreRights rights, StoreUse use, Action<VersionId> changed)
{
    public async Task SpaceAsync(Call call)
    {
        var free = await store.FreeBytesAsync(call.Cancel);
        await Requests.AnswerJsonAsync(call.Context, new FreeSpace(Math.Max(0, free - StoreApi.Reserve)), ApiJson.Default.FreeSpace);
    }

    public async Task ListAsync(Call call) =>
        await Requests.AnswerJsonAsync(call.Context, rights.Visible(call.Caller, await store.ListAsync(call.Cancel)), ApiJson.Default.IReadOnlyListVersionEntry);

    public async Task ReadManifestAsync(Call call)
    {
        var version = Requests.VersionIdOf(call.Context);
        rights.RequireVersion(call.Caller, version);
        await Requests.AnswerBytesAsync(call.Context, await store.ReadManifestAsync(version, call.Cancel));
    }

    public async Task ReadIndexAsync(Call call) =>
        await Requests.AnswerBytesAsync(call.Context, await store.ReadIndexAsync(Requests.ChunkIdOf(call.Context, "index"), call.Cancel));

    public async Task ReadSignatureAsync(Call call)
    {
        var version = Requests.VersionIdOf(call.Context);
        rights.RequireVersion(call.Caller, version);
        if (await store.ReadSignatureAsync(version, call.Cancel) is { } signature)
        {
            await Requests.AnswerBytesAsync(call.Context, signature);
        }
        else
        {
            Requests.AnswerNothing(call.Context);
        }
    }

    public async Task SetCurrentAsync(Call call)
    {
        var version = Requests.VersionIdOf(call.Context);
        await store.SetCurrentAsync(version, call.Cancel);
        changed(version);
        Requests.AnswerNothing(call.Context);
    }

    public async Task DeleteAsync(Call call)
    {
        var version = Requests.VersionIdOf(call.Context);
        if (use.UserOf(version) is { } host)
        {
            throw Errors.VersionInUse(host);
        }

        var endsAt = await store.DeleteAsync(version, call.Cancel);
        changed(version);
        await Requests.AnswerJsonAsync(call.Context, new Quarantine(endsAt), ApiJson.Default.Quarantine);
    }

    public async Task UndeleteAsync(Call call)
    {
        var version = Requests.VersionIdOf(call.Context);
        await store.UndeleteAsync(version, call.Cancel);
        changed(version);
        Requests.AnswerNothing(call.Context);
    }

    public async Task PruneAsync(Call call)
    {
        var options = await Requests.ReadJsonAsync(call.Context, ApiJson.Default.PruneOptions);
        if (!options.DryRun && use.Reader() is { } host)
        {
            throw Errors.StoreInUse(host);
        }

        if (options is { Now: true, DryRun: false })
        {
            await leases.EndSilentAsync(StoreApi.AgentGivesUpAfter + StoreApi.HeartbeatEvery);
        }

        await Requests.AnswerJsonAsync(call.Context, await store.PruneAsync(options, call.Cancel), ApiJson.Default.PruneReport);
    }

    // A store whose disk died may lack millions of chunks: the first of them say as much.
    public async Task CheckAsync(Call call)
    {
        var request = await Requests.ReadJsonAsync(call.Context, ApiJson.Default.CheckRequest);
        var report = await store.CheckAsync(request.Only, new Meter(), call.Cancel);
        var cut = report with
        {
            Damaged = [.. report.Damaged.Take(StoreApi.MaxIds)],
            Missing = [.. report.Missing.Take(StoreApi.MaxIds)],
            Faults = [.. report.Faults.Take(StoreApi.MaxIds)],
        };
        await Requests.AnswerJsonAsync(call.Context, cut, ApiJson.Default.CheckReport);
    }
}

/// <summary>What hosts are doing with the store.</summary>
/// <param name="UserOf">Name of a host whose job needs a version; null: nobody does.</param>
/// <param name="Reader">Name of a host that reads the store just now; null: none does.</param>
internal sealed record StoreUse(Func<VersionId, string?> UserOf, Func<string?> Reader)
{
    public static StoreUse None { get; } = new(_ => null, () => null);
}
