using OsDeploy.Api;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Images;

/// <summary>Requests of a capture under way.</summary>
internal sealed class CaptureHandlers(CaptureLeases leases, AgentStoreRights rights, Action<VersionId> changed)
{
    public async Task KeepAsync(Call call)
    {
        var request = await Requests.ReadJsonAsync(call.Context, ApiJson.Default.LeaseRequest);
        if (!Enum.IsDefined(request.Kind))
        {
            throw Errors.RequestMalformed("no such kind of image");
        }

        rights.RequireImage(call.Caller, request.Kind, request.Image);
        await leases.KeepAsync(Requests.LeaseIdOf(call.Context), request);
        Requests.AnswerNothing(call.Context);
    }

    public async Task WriteIndexAsync(Call call)
    {
        var (lease, id) = (leases.Require(Requests.LeaseIdOf(call.Context)), Requests.ChunkIdOf(call.Context, "index"));
        var index = await Requests.ReadBodyAsync(call.Context);
        if (ChunkId.Of(index) != id)
        {
            throw Errors.IndexRejected(id);
        }

        await lease.WithAsync(capture => capture.WriteIndexAsync(index, call.Cancel), call.Cancel);
        Requests.AnswerNothing(call.Context);
    }

    public async Task CommitAsync(Call call)
    {
        var id = Requests.LeaseIdOf(call.Context);
        var lease = leases.Require(id);
        var request = await Requests.ReadJsonAsync(call.Context, ApiJson.Default.CommitRequest);
        rights.Require(StoreApi.Commit, call.Caller); // the job may have been frozen while the body came
        if (request.Manifest.Length > StoreApi.MaxManifest || request.Signature?.Length > StoreApi.MaxSignature)
        {
            throw Errors.RequestTooLarge();
        }

        var missing = await lease.WithAsync(
            capture => capture.CommitAsync(request.Manifest, request.Signature, request.MakeCurrent, call.Cancel),
            call.Cancel);
        if (missing.Count > 0)
        {
            await Problems.WriteAsync(call.Context, Errors.ChunksMissing(missing.Count), [.. missing.Take(StoreApi.MaxIds)]);
            return;
        }

        changed(VersionId.Of(request.Manifest));
        await leases.EndAsync(id);
        Requests.AnswerNothing(call.Context);
    }

    public async Task AbandonAsync(Call call)
    {
        await leases.EndAsync(Requests.LeaseIdOf(call.Context));
        Requests.AnswerNothing(call.Context);
    }
}
