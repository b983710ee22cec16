using Microsoft.AspNetCore.Http;
using OsDeploy.Api;
using OsDeploy.Chunks;

namespace OsDeploy.Server.Images;

/// <summary>Requests of a capture under way.</summary>
internal sealed class CaptureHandlers(CaptureLeases leases)
{
    public async Task KeepAsync(HttpContext context)
    {
        var request = await Requests.ReadJsonAsync(context, ApiJson.Default.LeaseRequest);
        if (!Enum.IsDefined(request.Kind))
        {
            throw Errors.RequestMalformed("no such kind of image");
        }

        await leases.KeepAsync(Requests.LeaseIdOf(context), request);
        Requests.AnswerNothing(context);
    }

    public async Task WriteIndexAsync(HttpContext context)
    {
        var (lease, id) = (leases.Require(Requests.LeaseIdOf(context)), Requests.ChunkIdOf(context, "index"));
        var index = await Requests.ReadBodyAsync(context);
        if (ChunkId.Of(index) != id)
        {
            throw Errors.IndexRejected(id);
        }

        await lease.WithAsync(capture => capture.WriteIndexAsync(index, context.RequestAborted), context.RequestAborted);
        Requests.AnswerNothing(context);
    }

    public async Task CommitAsync(HttpContext context)
    {
        var id = Requests.LeaseIdOf(context);
        var lease = leases.Require(id);
        var request = await Requests.ReadJsonAsync(context, ApiJson.Default.CommitRequest);
        if (request.Manifest.Length > StoreApi.MaxManifest || request.Signature?.Length > StoreApi.MaxSignature)
        {
            throw Errors.RequestTooLarge();
        }

        var missing = await lease.WithAsync(
            capture => capture.CommitAsync(request.Manifest, request.Signature, request.MakeCurrent, context.RequestAborted),
            context.RequestAborted);
        if (missing.Count > 0)
        {
            await Problems.WriteAsync(context, Errors.ChunksMissing(missing.Count), [.. missing.Take(StoreApi.MaxIds)]);
            return;
        }

        await leases.EndAsync(id);
        Requests.AnswerNothing(context);
    }

    public async Task AbandonAsync(HttpContext context)
    {
        await leases.EndAsync(Requests.LeaseIdOf(context));
        Requests.AnswerNothing(context);
    }
}
