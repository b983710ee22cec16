using OsDeploy.Api.Agents;

namespace OsDeploy.Screens.Machine;

/// <summary>The seconds in which somebody can still keep disks from being overwritten.</summary>
internal sealed class LastMoment(JobOrder order, IReadOnlyList<DiskNote> disks, TimeProvider time)
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(10);

    private readonly long _begun = time.GetTimestamp();
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JobOrder Order { get; } = order;

    public IReadOnlyList<DiskNote> Disks { get; } = disks;

    public TimeSpan Left => s_length - time.GetElapsedTime(_begun) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    public void Begin() => _answer.TrySetResult(true);

    public void Stop() => _answer.TrySetResult(false);

    /// <returns>False: nothing is written.</returns>
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
