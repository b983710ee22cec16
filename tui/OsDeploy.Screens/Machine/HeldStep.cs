namespace OsDeploy.Screens.Machine;

/// <summary>A job that waits after a step, so that what is on the screen can be read or photographed.</summary>
/// <param name="length">Null: until somebody presses a key.</param>
internal sealed class HeldStep(string step, TimeSpan? length, TimeProvider time)
{
    private readonly long _begun = time.GetTimestamp();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Step { get; } = step;

    /// <summary>Null: it waits for a key.</summary>
    public TimeSpan? Left => length is { } wait ? (wait - time.GetElapsedTime(_begun) is { Ticks: > 0 } left ? left : TimeSpan.Zero) : null;

    public void Continue() => _over.TrySetResult();

    public async Task WaitAsync(CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(Task.Delay(Left ?? Timeout.InfiniteTimeSpan, time, over.Token), _over.Task);
        await over.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }
}
