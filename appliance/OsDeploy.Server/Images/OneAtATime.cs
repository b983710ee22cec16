namespace OsDeploy.Server.Images;

/// <summary>Runs pieces of asynchronous work one after the other.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody takes holds nothing to dispose.
internal sealed class OneAtATime
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turn = new(1);

    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }
}
