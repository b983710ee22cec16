using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Shell;

/// <summary>Reads in the background what a screen shows when it is there. One thing at a time; what fails is said in the frame.</summary>
/// <param name="show">Draws what was read; on the thread of the screens.</param>
internal sealed class Later(Workplace workplace, Action show)
{
    private bool _isReading;

    /// <summary>Nothing happens while it still reads. Called on the thread of the screens.</summary>
    public void Begin(Func<CancellationToken, Task> read)
    {
        if (_isReading)
        {
            return;
        }

        _isReading = true;
        _ = Task.Run(() => read(CancellationToken.None)).ContinueWith(
            task => workplace.Dialogs.App.Invoke(() =>
            {
                _isReading = false;
                if (task.Exception?.InnerException is UserErrorException e)
                {
                    workplace.Frame.Toast("! " + Printable.Of(e.Message));
                }

                show();
                workplace.Frame.Refresh();
            }),
            TaskScheduler.Default);
    }

    /// <summary>From any thread: part of it is there.</summary>
    public void ShowNow() => workplace.Dialogs.App.Invoke(show);
}
