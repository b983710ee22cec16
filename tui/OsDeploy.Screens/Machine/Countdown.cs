namespace OsDeploy.Screens.Machine;

/// <summary>The seconds in which somebody can still stop what would begin by itself.</summary>
internal class Countdown(TimeProvider time)
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(10);

    private readonly long _begun = time.GetTimestamp();
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TimeSpan Left => s_length - time.GetElapsedTime(_begun) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    public void Begin() => _answer.TrySetResult(true);

    public void Stop() => _answer.TrySetResult(false);

    /// <returns>False: somebody has stopped it.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(Task.Delay(Left, time, over.Token), _answer.Task);
        await over.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        Begin(); // time is up, unless somebody was quicker
        return await _answer.Task;
    }
}
