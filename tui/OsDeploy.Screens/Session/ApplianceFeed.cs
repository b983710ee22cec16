using System.Threading.Channels;
using OsDeploy.Api;

namespace OsDeploy.Screens.Session;

/// <summary>
/// Keeps one <see cref="Snapshot"/> fresh: the appliance says what has changed, and only that is read, at most twice a second. Without its
/// events everything is read every few seconds. Goes on through outages and logins.
/// </summary>
internal sealed class ApplianceFeed : IAsyncDisposable
{
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_heardEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_statusEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pollEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(8);

    private readonly ApplianceSession _session;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private Changes _changes = new();
    private volatile Snapshot _current = Snapshot.Empty;
    private Task _work = Task.CompletedTask;
    private TimeSpan _pause = s_firstPause;

    public ApplianceFeed(ApplianceSession session, TimeProvider time)
    {
        (_session, _time) = (session, time);
        _session.Changed += Wake;
    }

    /// <summary>Raised on the feed's own task, after <see cref="Current"/> has changed.</summary>
    public event EventHandler? Changed;

    public Snapshot Current => _current;

    /// <summary>The appliance's clock, as far as it is known.</summary>
    public DateTimeOffset Now => _time.GetUtcNow() + _current.Skew;

    public void Start() => _work = RunAsync(_stop.Token);

    /// <summary>Reads everything again.</summary>
    public void Refresh() => Mark(changes => changes.All = true);

    /// <summary>Somebody looks at a batch: its jobs are read, however long ago they ended.</summary>
    public void Follow(string batch) => Mark(changes => changes.Batches.Add(batch));

    public async ValueTask DisposeAsync()
    {
        _session.Changed -= Wake;
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private void Wake(object? sender, EventArgs e) => _signal.Writer.TryWrite(true);

    private void Mark(Action<Changes> mark)
    {
        lock (_gate)
        {
            mark(_changes);
        }

        _signal.Writer.TryWrite(true);
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var isLost = !await TryFollowAsync(cancel);
                await (isLost ? Task.Delay(_pause, _time, cancel) : PauseAsync(s_firstPause, cancel));
            }
        }
        catch (OperationCanceledException)
        {
            // The console closes.
        }
    }

    /// <returns>False: the appliance does not answer as it should, and is asked again after a pause, whatever happens meanwhile.</returns>
    private async Task<bool> TryFollowAsync(CancellationToken cancel)
    {
        if (_session is not { Api: { } api, Store: { } store })
        {
            return true;
        }

        try
        {
            await FollowAsync(api, new SnapshotReader(api, store.ListAsync, _time), cancel);
            return true;
        }
        catch (UserErrorException e) when (e.Code == "not-logged-in")
        {
            _session.NoteEnded(api);
            return true;
        }
        catch (UserErrorException)
        {
            _pause = _pause * 2 < s_longestPause ? _pause * 2 : s_longestPause;
            Publish(_current with { LostSince = _current.LostSince ?? _time.GetUtcNow() });
            return false;
        }
    }

    // Listens before it reads: what changes in between is heard.
    private async Task FollowAsync(ApiClient api, SnapshotReader reader, CancellationToken cancel)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listening = api.ListenAsync(() => opened.TrySetResult(), one => Mark(changes => changes.Add(one)), ends.Token);
        try
        {
            await Task.WhenAny(opened.Task, listening);
            Mark(changes => changes.All = true);
            await ReadOnAsync(api, reader, listening, cancel);
        }
        finally
        {
            await ends.CancelAsync();
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadOnAsync(ApiClient api, SnapshotReader reader, Task listening, CancellationToken cancel)
    {
        var (heardAt, statusAt) = (_time.GetTimestamp(), _time.GetTimestamp());
        while (_session.Api == api && !await LetGoIfIdleAsync(cancel))
        {
            var changes = Take();
            changes.Heard |= IsDue(ref heardAt, s_heardEvery);
            changes.Status |= IsDue(ref statusAt, s_statusEvery);
            if (!changes.IsEmpty)
            {
                Publish(await ReadAsync(reader, changes, cancel));
            }

            if (listening.IsCompleted && !IsRefused(listening))
            {
                await listening;
                return; // the appliance stops, or has ended the session
            }

            await Task.Delay(s_least, _time, cancel);
            if (listening.IsCompleted)
            {
                await PauseAsync(s_pollEvery, cancel);
                Mark(all => all.All = true);
            }
            else
            {
                await PauseAsync(s_heardEvery, cancel, listening);
            }
        }
    }

    private async Task<Snapshot> ReadAsync(SnapshotReader reader, Changes changes, CancellationToken cancel)
    {
        try
        {
            var next = await reader.ReadAsync(_current, changes, cancel);
            _pause = s_firstPause;
            return next;
        }
        catch (UserErrorException)
        {
            Mark(all => all.All = true); // half of it may have been read
            throw;
        }
    }

    // Too many consoles listen: this one asks instead.
    private static bool IsRefused(Task listening) => listening.Exception?.InnerException is UserErrorException { Code: "too-many-subscribers" };

    private async Task<bool> LetGoIfIdleAsync(CancellationToken cancel)
    {
        if (_session.IsIdle)
        {
            await _session.LogoutAsync(cancel);
        }

        return _session.Api is null;
    }

    private bool IsDue(ref long last, TimeSpan every)
    {
        if (_time.GetElapsedTime(last) < every)
        {
            return false;
        }

        last = _time.GetTimestamp();
        return true;
    }

    private Changes Take()
    {
        lock (_gate)
        {
            return _changes.Take(out _changes);
        }
    }

    private void Publish(Snapshot next)
    {
        _current = next;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    // Ends early if there is something to do.
    private async Task PauseAsync(TimeSpan pause, CancellationToken cancel, Task? or = null)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task woken = _signal.Reader.ReadAsync(either.Token).AsTask();
        await Task.WhenAny(woken, Task.Delay(pause, _time, either.Token), or ?? woken);
        await either.CancelAsync();
        await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
    }
}
