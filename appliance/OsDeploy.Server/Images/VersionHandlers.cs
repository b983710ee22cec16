using Microsoft.AspNetCore.Http;
using OsDeploy.Api;
using OsDeploy.Images;

namespace OsDeploy.Server.Images;

/// <summary>Requests for what is in the store beside chunks.</summary>
internal sealed class VersionHandlers(IImageStore store, CaptureLeases leases)
{
    public async Task SpaceAsync(HttpContext context)
    {
        var free = await store.FreeBytesAsync(context.RequestAborted);
        await Requests.AnswerJsonAsync(context, new FreeSpace(Math.Max(0, free - StoreApi.Reserve)), ApiJson.Default.FreeSpace);
    }

    public async Task ListAsync(HttpContext context) =>
        await Requests.AnswerJsonAsync(context, await store.ListAsync(context.RequestAborted), ApiJson.Default.IReadOnlyListVersionEntry);

    public async Task ReadManifestAsync(HttpContext context) =>
        await Requests.AnswerBytesAsync(context, await store.ReadManifestAsync(Requests.VersionIdOf(context), context.RequestAborted));

    public async Task ReadIndexAsync(HttpContext context) =>
        await Requests.AnswerBytesAsync(context, await store.ReadIndexAsync(Requests.ChunkIdOf(context, "index"), context.RequestAborted));

    public async Task ReadSignatureAsync(HttpContext context)
    {
        if (await store.ReadSignatureAsync(Requests.VersionIdOf(context), context.RequestAborted) is { } signature)
        {
            await Requests.AnswerBytesAsync(context, signature);
        }
        else
        {
            Requests.AnswerNothing(context);
        }
    }

    public async Task SetCurrentAsync(HttpContext context)
    {
        await store.SetCurrentAsync(Requests.VersionIdOf(context), context.RequestAborted);
        Requests.AnswerNothing(context);
    }

    public async Task DeleteAsync(HttpContext context)
    {
        var endsAt = await store.DeleteAsync(Requests.VersionIdOf(context), context.RequestAborted);
        await Requests.AnswerJsonAsync(context, new Quarantine(endsAt), ApiJson.Default.Quarantine);
    }

    public async Task UndeleteAsync(HttpContext context)
    {
        await store.UndeleteAsync(Requests.VersionIdOf(context), context.RequestAborted);
        Requests.AnswerNothing(context);
    }

    public async Task PruneAsync(HttpContext context)
    {
        var options = await Requests.ReadJsonAsync(context, ApiJson.Default.PruneOptions);
        if (options is { Now: true, DryRun: false })
        {
            await leases.EndSilentAsync(StoreApi.AgentGivesUpAfter + StoreApi.HeartbeatEvery);
        }

        await Requests.AnswerJsonAsync(context, await store.PruneAsync(options, context.RequestAborted), ApiJson.Default.PruneReport);
    }

    // A store whose disk died may lack millions of chunks: the first of them say as much.
    public async Task CheckAsync(HttpContext context)
    {
        var request = await Requests.ReadJsonAsync(context, ApiJson.Default.CheckRequest);
        var report = await store.CheckAsync(request.Only, new Meter(), context.RequestAborted);
        var cut = report with
        {
            Damaged = [.. report.Damaged.Take(StoreApi.MaxIds)],
            Missing = [.. report.Missing.Take(StoreApi.MaxIds)],
            Faults = [.. report.Faults.Take(StoreApi.MaxIds)],
        };
        await Requests.AnswerJsonAsync(context, cut, ApiJson.Default.CheckReport);
    }
}
