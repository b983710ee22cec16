using OsDeploy.Api;
using OsDeploy.Images;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Images;

/// <summary>Answers <see cref="StoreApi"/>.</summary>
/// <param name="changed">Told of each version that came, went or became the current one.</param>
internal sealed class StoreHandlers(IImageStore store, CaptureLeases leases, AgentStoreRights rights, StoreUse use, Action<VersionId> changed)
{
    public void Map(HandlerTable on)
    {
        var chunks = new ChunkHandlers(store.Chunks);
        var versions = new VersionHandlers(store, leases, rights, use, changed);
        var captures = new CaptureHandlers(leases, rights, changed);
        On(on, StoreApi.Space, versions.SpaceAsync);
        On(on, StoreApi.ListVersions, versions.ListAsync);
        On(on, StoreApi.ReadManifest, versions.ReadManifestAsync);
        On(on, StoreApi.ReadSignature, versions.ReadSignatureAsync);
        On(on, StoreApi.SetCurrent, versions.SetCurrentAsync);
        On(on, StoreApi.DeleteVersion, versions.DeleteAsync);
        On(on, StoreApi.UndeleteVersion, versions.UndeleteAsync);
        On(on, StoreApi.ReadIndex, versions.ReadIndexAsync);
        On(on, StoreApi.HasChunks, call => chunks.HasAsync(call.Context));
        On(on, StoreApi.ReadChunk, call => chunks.ReadAsync(call.Context));
        On(on, StoreApi.WriteChunk, call => chunks.WriteAsync(call.Context));
        On(on, StoreApi.ReportDamaged, call => chunks.ReportDamagedAsync(call.Context));
        On(on, StoreApi.Flush, call => chunks.FlushAsync(call.Context));
        On(on, StoreApi.KeepLease, captures.KeepAsync);
        On(on, StoreApi.WriteIndex, captures.WriteIndexAsync);
        On(on, StoreApi.Commit, captures.CommitAsync);
        On(on, StoreApi.AbandonLease, captures.AbandonAsync);
        On(on, StoreApi.Prune, versions.PruneAsync);
        On(on, StoreApi.Check, versions.CheckAsync);
    }

    private void On(HandlerTable on, ApiRoute route, Func<Call, Task> handler) => on.On(route, call =>
    {
        rights.Require(route, call.Caller);
        return handler(call);
    });
}
