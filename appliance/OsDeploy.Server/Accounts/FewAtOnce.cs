namespace OsDeploy.Server.Accounts;

/// <summary>Runs pieces of work that keep a processor busy, so many at once; the rest wait.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody takes holds nothing to dispose.
internal sealed class FewAtOnce(int most)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _free = new(most);

    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await _free.WaitAsync(cancel);
        try
        {
            return work();
        }
        finally
        {
            _free.Release();
        }
    }
}
