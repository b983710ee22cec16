using System.Net;
using System.Net.Http.Json;
using OsDeploy.Chunks;
using OsDeploy.Images;

namespace OsDeploy.Api;

/// <summary>
/// A capture into an appliance's store. Renews its lease every minute; a server that was restarted has forgotten it and
/// learns of it again at the next renewal or when it says <c>lease-unknown</c>.
/// </summary>
internal sealed class HttpCaptureLease : ICaptureLease
{
    private readonly ApiConnection _connection;
    private readonly LeaseRequest _request;
    private readonly TimeProvider _time;
    private readonly string _lease = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _ended = new();
    private Task _heartbeat = Task.CompletedTask;
    private bool _isDisposed;

    private HttpCaptureLease(ApiConnection connection, LeaseRequest request, TimeProvider time) =>
        (_connection, _request, _time) = (connection, request, time);

    public static async Task<HttpCaptureLease> BeginAsync(ApiConnection connection, LeaseRequest request, TimeProvider time, CancellationToken cancel)
    {
        var lease = new HttpCaptureLease(connection, request, time);
        try
        {
            await lease.RenewAsync(cancel);
            lease._heartbeat = lease.BeatAsync();
            return lease;
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    public async Task<ChunkId> WriteIndexAsync(ReadOnlyMemory<byte> index, CancellationToken cancel)
    {
        var id = ChunkId.Of(index.Span);
        var path = StoreApi.WriteIndex.PathOf(_lease, id.ToString());
        return await WithLeaseAsync(
            () => _connection.SendAsync(StoreApi.WriteIndex, path, () => new ReadOnlyMemoryContent(index), (_, _) => Task.FromResult(id), cancel),
            cancel);
    }

    public async Task<IReadOnlyList<ChunkId>> CommitAsync(
        ReadOnlyMemory<byte> manifest, ReadOnlyMemory<byte>? signature, bool makeCurrent, CancellationToken cancel)
    {
        var request = new CommitRequest(manifest.ToArray(), makeCurrent, signature?.ToArray());
        var missing = await WithLeaseAsync(
            () => _connection.SendAsync(
                StoreApi.Commit,
                StoreApi.Commit.PathOf(_lease),
                () => JsonContent.Create(request, ApiJson.Default.CommitRequest),
                ReadMissingAsync,
                cancel,
                accepts: HttpStatusCode.Conflict),
            cancel);
        if (missing.Count == 0)
        {
            await StopHeartbeatAsync();
        }

        return missing;
    }

    /// <summary>Ends the capture; without a commit it leaves no version. Does not wait for a server that is away.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await StopHeartbeatAsync();
        _ended.Dispose();

        // Also after a commit: a heartbeat that crossed it on the way may have opened the lease again.
        await _connection.TryOnceAsync(StoreApi.AbandonLease, StoreApi.AbandonLease.PathOf(_lease));
    }

    private async Task<IReadOnlyList<ChunkId>> ReadMissingAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.StatusCode != HttpStatusCode.Conflict)
        {
            return [];
        }

        var problem = await ApiConnection.ReadProblemAsync(answer, cancel);
        return problem?.Missing ?? throw (problem is null ? Errors.StoreAnswer(_connection.Address, "409") : Errors.FromStore(problem));
    }

    private async Task<T> WithLeaseAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (UserErrorException e) when (e.Code == "lease-unknown")
        {
            await RenewAsync(cancel);
            return await work();
        }
    }

    private Task RenewAsync(CancellationToken cancel) => _connection.DoAsync(
        StoreApi.KeepLease, StoreApi.KeepLease.PathOf(_lease), () => JsonContent.Create(_request, ApiJson.Default.LeaseRequest), cancel);

    private async Task StopHeartbeatAsync()
    {
        await _ended.CancelAsync();
        await _heartbeat;
    }

    private async Task BeatAsync()
    {
        using var minute = new PeriodicTimer(StoreApi.HeartbeatEvery, _time);
        try
        {
            while (await minute.WaitForNextTickAsync(_ended.Token))
            {
                await TryRenewAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The capture is over.
        }
    }

    // A refusal may pass (a prune, a full disk) while the capture still reads its disk.
    private async Task TryRenewAsync()
    {
        try
        {
            await RenewAsync(_ended.Token);
        }
        catch (UserErrorException)
        {
            // The capture's own requests meet what does not pass, and report it.
        }
    }
}
