using OsDeploy.Api.Appliance;
using OsDeploy.Text;

namespace OsDeploy.Helper.Systems;

/// <summary>One long piece of work at a time, which goes on when whoever has begun it is gone.</summary>
/// <param name="log">Takes one line, from any thread.</param>
internal sealed class SystemWorker(Action<string> log) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _changing = new();
    private Task _running = Task.CompletedTask;
    private long _all;
    private long _done;
    private volatile SystemWork? _work;

    /// <summary>Null: nothing has begun since the start.</summary>
    public SystemWork? Work => _work is { IsDone: false } work ? work with { Percent = Percent } : _work;

    // Whole only once it has ended.
    private int Percent => _all == 0 ? 0 : (int)Math.Min(99, Interlocked.Read(ref _done) * 100 / _all);

    /// <summary>Begins it.</summary>
    /// <param name="bytes">How many <see cref="Done"/> will be told of.</param>
    /// <exception cref="UserErrorException"><c>system-busy</c></exception>
    public void Begin(long bytes, Func<SystemWorker, CancellationToken, Task> work)
    {
        lock (_changing)
        {
            if (!_running.IsCompleted)
            {
                throw Errors.SystemBusy();
            }

            (_all, _done, _work) = (bytes, 0, new SystemWork(SystemStep.Check, 0, IsDone: false));
            _running = Task.Run(() => RunAsync(work));
        }
    }

    /// <exception cref="UserErrorException"><c>system-busy</c></exception>
    public void RequireIdle()
    {
        lock (_changing)
        {
            if (!_running.IsCompleted)
            {
                throw Errors.SystemBusy();
            }
        }
    }

    public void At(SystemStep step) => _work = new SystemWork(step, 0, IsDone: false);

    public void Done(long bytes) => Interlocked.Add(ref _done, bytes);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(Func<SystemWorker, CancellationToken, Task> work)
    {
        try
        {
            await work(this, _stop.Token);
            _work = new SystemWork(SystemStep.Finish, 100, IsDone: true);
            log("system: done");
        }
        catch (UserErrorException e)
        {
            Fail(e);
        }
        catch (OperationCanceledException)
        {
            Fail(Errors.Stopping());
        }
#pragma warning disable CA1031 // The top of this thread: a fault must be said to whoever asks, and must not end the service of root.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log("system: fault: " + Printable.Of(e.ToString(), 2000));
            Fail(Errors.Fault(e));
        }
    }

    private void Fail(UserErrorException error)
    {
        log($"system: {Printable.Of(error.Message)} [{error.Code}]");
        _work = new SystemWork(_work?.Step ?? SystemStep.Check, Percent, IsDone: true, error.Code, error.Message, error.Hint);
    }
}
