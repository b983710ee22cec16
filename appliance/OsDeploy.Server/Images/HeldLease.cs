using OsDeploy.Images;

namespace OsDeploy.Server.Images;

/// <summary>A capture's lease and when its agent was last heard. Work on it runs one after the other; a heartbeat never waits for work.</summary>
internal sealed class HeldLease(ICaptureLease capture, TimeProvider time)
{
    private readonly OneAtATime _work = new();
    private long _heardAt = time.GetTimestamp();
    private bool _isEnded;

    public TimeSpan SilentFor => time.GetElapsedTime(Interlocked.Read(ref _heardAt));

    public void Heard() => Interlocked.Exchange(ref _heardAt, time.GetTimestamp());

    /// <exception cref="UserErrorException"><c>lease-unknown</c>: it ended while this waited for its turn.</exception>
    public Task<T> WithAsync<T>(Func<ICaptureLease, Task<T>> work, CancellationToken cancel)
    {
        Heard();
        return _work.RunAsync(() => _isEnded ? throw Errors.LeaseUnknown() : work(capture), cancel);
    }

    public Task EndAsync() => _work.RunAsync(
        async () =>
        {
            _isEnded = true;
            await capture.DisposeAsync();
            return true;
        },
        CancellationToken.None);
}
