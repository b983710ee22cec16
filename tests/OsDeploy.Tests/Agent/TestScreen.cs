using System.Collections.Concurrent;
using OsDeploy.Agent;
using OsDeploy.Api.Agents;

namespace OsDeploy.Tests.Agent;

/// <summary>A screen that remembers what it was shown. A job that writes waits at it until the test lets it go on, is cancelled or is declined.</summary>
internal sealed class TestScreen : IAgentScreen, IDisposable
{
    private readonly SemaphoreSlim _moved = new(0);
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One step per job that is about to write.</summary>
    public SemaphoreSlim Asked { get; } = new(0);

    public ConcurrentQueue<Orders> Shown { get; } = [];

    public ConcurrentQueue<string> Said { get; } = [];

    public ConcurrentQueue<(JobOrder Order, JobEnd End)> Ended { get; } = [];

    /// <summary>Steps after which a person could have looked.</summary>
    public ConcurrentQueue<string> Paused { get; } = [];

    /// <summary>What it says to a restart; it is asked at once.</summary>
    public bool MayRestart { get; set; } = true;

    public int RestartsAsked { get; private set; }

    /// <summary>Null: the server was never away.</summary>
    public TimeSpan? AwayFor { get; private set; }

    public int Begun { get; private set; }

    public void Answer(bool mayWrite) => _answer.TrySetResult(mayWrite);

    /// <summary>Null: nobody is about to compare any.</summary>
    public string? Words { get; private set; }

    public void Show(Orders orders, string? words)
    {
        Words = words;
        Shown.Enqueue(orders);
        _moved.Release();
    }

    public void Say(string line)
    {
        Said.Enqueue(line);
        _moved.Release();
    }

    /// <summary>Looks after every answer, line and end.</summary>
    public async Task WaitUntilAsync(Func<bool> isSo, CancellationToken cancel)
    {
        while (!isSo())
        {
            await _moved.WaitAsync(cancel);
        }
    }

    public IDisposable Begin(JobOrder order, JobProgress progress)
    {
        Begun++;
        return Stream.Null;
    }

    public Task<bool> MayWriteAsync(JobOrder order, IReadOnlyList<PresentDisk> disks, CancellationToken cancel)
    {
        Asked.Release();
        return _answer.Task.WaitAsync(cancel);
    }

    public Task<bool> MayRestartAsync(JobOrder order, CancellationToken cancel)
    {
        RestartsAsked++;
        return Task.FromResult(MayRestart);
    }

    public Task PauseAfterAsync(JobOrder order, string step, CancellationToken cancel)
    {
        Paused.Enqueue(step);
        return Task.CompletedTask;
    }

    public void Away(TimeSpan away) => AwayFor = away;

    public void End(JobOrder order, JobEnd end, IReadOnlyList<string> warnings)
    {
        Ended.Enqueue((order, end));
        _moved.Release();
    }

    public void Dispose()
    {
        Asked.Dispose();
        _moved.Dispose();
    }
}
