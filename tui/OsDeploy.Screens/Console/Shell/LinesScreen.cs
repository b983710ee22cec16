using System.Globalization;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Console.Shell;

/// <summary>Text to read through, made of what is fetched in the background each time something has changed.</summary>
internal abstract class LinesScreen : LiveScreen
{
    private readonly RowList<(int Number, string Text)> _lines;
    private bool _isReading;

    protected LinesScreen(Workplace workplace)
        : base(workplace)
    {
        _lines = new RowList<(int Number, string Text)>([new("", line => line.Text, 400, 400)], line => line.Number.ToString(CultureInfo.InvariantCulture));
        _lines.Style.ShowHeaders = false;
        Add(_lines);
    }

    /// <summary>On a thread of its own.</summary>
    protected abstract Task ReadAsync(CancellationToken cancel);

    /// <summary>What was read last.</summary>
    protected abstract IEnumerable<string> LinesNow();

    public override void Show(Snapshot now)
    {
        Draw();
        if (_isReading)
        {
            return;
        }

        _isReading = true;
        _ = Task.Run(() => ReadAsync(CancellationToken.None)).ContinueWith(
            task => Dialogs.App.Invoke(() =>
            {
                _isReading = false;
                if (task.Exception?.InnerException is UserErrorException e)
                {
                    Workplace.Frame.Toast("! " + OsDeploy.Text.Printable.Of(e.Message));
                }

                Draw();
                Workplace.Frame.Refresh();
            }),
            TaskScheduler.Default);
    }

    private void Draw() => _lines.Show([.. LinesNow().Select((text, number) => (number, text))]);
}
