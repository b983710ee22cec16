using System.Net;
using System.Net.Http.Json;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Api;

/// <summary>The store of an appliance, seen from elsewhere. What it reads by hash it checks.</summary>
public sealed class HttpImageStore : IImageStore
{
    private readonly ApiConnection _connection;
    private readonly HttpChunkStore _chunks;
    private readonly TimeProvider _time;

    /// <summary>Sends nothing yet.</summary>
    /// <exception cref="UserErrorException"><c>store-address</c>, <c>store-plain-http</c></exception>
    public HttpImageStore(string url, TimeProvider time, ConnectionOptions options)
    {
        _connection = new ApiConnection(url, time, options);
        _chunks = new HttpChunkStore(_connection);
        _time = time;
    }

    public string Address => _connection.Address;

    public IChunkStore Chunks => _chunks;

    public Task<IReadOnlyList<VersionEntry>> ListAsync(CancellationToken cancel) =>
        _connection.GetJsonAsync(StoreApi.ListVersions, StoreApi.ListVersions.PathOf(), body: null, ApiJson.Default.IReadOnlyListVersionEntry, cancel);

    public async Task<byte[]> ReadManifestAsync(VersionId version, CancellationToken cancel)
    {
        var bytes = await ReadBytesAsync(StoreApi.ReadManifest, version.ToString(), StoreApi.MaxManifest, cancel);
        return VersionId.Of(bytes) == version ? bytes : throw Errors.VersionDamaged(version, Address);
    }

    public async Task<byte[]> ReadIndexAsync(ChunkId index, CancellationToken cancel)
    {
        var bytes = await ReadBytesAsync(StoreApi.ReadIndex, index.ToString(), StoreApi.MaxIndex, cancel);
        return ChunkId.Of(bytes) == index ? bytes : throw Errors.IndexDamaged(index, Address);
    }

    public Task<byte[]?> ReadSignatureAsync(VersionId version, CancellationToken cancel) =>
        _connection.SendAsync(
            StoreApi.ReadSignature,
            StoreApi.ReadSignature.PathOf(version.ToString()),
            body: null,
            async (answer, cancel) => answer.StatusCode == HttpStatusCode.NoContent
                ? null
                : await ApiConnection.ReadBytesAsync(answer, StoreApi.MaxSignature, cancel),
            cancel);

    public async Task<ICaptureLease> BeginCaptureAsync(ImageKind kind, ImageName image, CancellationToken cancel) =>
        await HttpCaptureLease.BeginAsync(_connection, new LeaseRequest(kind, image), _time, cancel);

    public Task SetCurrentAsync(VersionId version, CancellationToken cancel) =>
        _connection.DoAsync(StoreApi.SetCurrent, StoreApi.SetCurrent.PathOf(version.ToString()), body: null, cancel);

    public async Task<long> FreeBytesAsync(CancellationToken cancel) =>
        (await _connection.GetJsonAsync(StoreApi.Space, StoreApi.Space.PathOf(), body: null, ApiJson.Default.FreeSpace, cancel)).Bytes;

    public async Task<DateTimeOffset> DeleteAsync(VersionId version, CancellationToken cancel)
    {
        var path = StoreApi.DeleteVersion.PathOf(version.ToString());
        return (await _connection.GetJsonAsync(StoreApi.DeleteVersion, path, body: null, ApiJson.Default.Quarantine, cancel)).EndsAt;
    }

    public Task UndeleteAsync(VersionId version, CancellationToken cancel) =>
        _connection.DoAsync(StoreApi.UndeleteVersion, StoreApi.UndeleteVersion.PathOf(version.ToString()), body: null, cancel);

    public Task<PruneReport> PruneAsync(PruneOptions options, CancellationToken cancel) =>
        _connection.GetJsonAsync(
            StoreApi.Prune, StoreApi.Prune.PathOf(), () => JsonContent.Create(options, ApiJson.Default.PruneOptions), ApiJson.Default.PruneReport, cancel);

    public async Task<CheckReport> CheckAsync(VersionId? only, Meter progress, CancellationToken cancel)
    {
        var report = await _connection.GetJsonAsync(
            StoreApi.Check,
            StoreApi.Check.PathOf(),
            () => JsonContent.Create(new CheckRequest(only), ApiJson.Default.CheckRequest),
            ApiJson.Default.CheckReport,
            cancel);
        progress.AddTotal(report.BytesRead);
        progress.Add(report.BytesRead);
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        await _chunks.DisposeAsync();
        _connection.Dispose();
    }

    private Task<byte[]> ReadBytesAsync(ApiRoute route, string id, long limit, CancellationToken cancel) =>
        _connection.SendAsync(
            route, route.PathOf(id), body: null, (answer, cancel) => ApiConnection.ReadBytesAsync(answer, limit, cancel), cancel);
}
