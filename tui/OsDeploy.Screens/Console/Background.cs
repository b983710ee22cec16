namespace OsDeploy.Screens.Console;

/// <summary>Reads for a screen without holding it up. Belongs to the thread that draws, but for what is read.</summary>
/// <param name="read">Runs on another thread.</param>
/// <param name="show">Called on the drawing thread when it was read.</param>
/// <param name="tell">Called there with what cannot be read and why; null when it can be read again.</param>
internal sealed class Background(IApplication app, Func<CancellationToken, Task> read, Action show, Action<UserErrorException?> tell)
{
    private CancellationTokenSource? _stop;
    private bool _again;
    private bool _hasFailed;

    /// <summary>Asked for while it reads, it reads once more.</summary>
    public void Start()
    {
        if (_stop is not null)
        {
            _again = true;
            return;
        }

        var stop = _stop = new CancellationTokenSource();
        _ = Task.Run(() => RunAsync(stop), CancellationToken.None);
    }

    /// <summary>Nobody looks any more.</summary>
    public void Stop()
    {
        _again = false;
        _stop?.Cancel();
    }

    private async Task RunAsync(CancellationTokenSource stop)
    {
        UserErrorException? fault = null;
        try
        {
            await read(stop.Token);
        }
        catch (UserErrorException e)
        {
            fault = e;
        }
        catch (OperationCanceledException)
        {
            // Nobody looks any more.
        }
        finally
        {
            app.Invoke(() => End(stop, fault));
        }
    }

    private void End(CancellationTokenSource stop, UserErrorException? fault)
    {
        var isWanted = !stop.IsCancellationRequested;
        stop.Dispose();
        _stop = null;
        if (isWanted)
        {
            Tell(fault);
            show();
        }

        if (_again)
        {
            _again = false;
            Start();
        }
    }

    // What a key has just done stays on the screen when the list is read anew.
    private void Tell(UserErrorException? fault)
    {
        if (fault is not null || _hasFailed)
        {
            tell(fault);
        }

        _hasFailed = fault is not null;
    }
}
