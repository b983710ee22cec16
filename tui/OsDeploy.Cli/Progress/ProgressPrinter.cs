namespace OsDeploy.Cli.Progress;

/// <summary>
/// Shows a running job until disposed: one line repainted 4 times a second on a terminal, else a line every 10 seconds. The
/// work never waits for it.
/// </summary>
internal sealed class ProgressPrinter : IDisposable
{
    private static readonly TimeSpan s_repaint = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_logLine = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Terminal _terminal;
    private readonly TimeProvider _clock;
    private readonly JobProgress _job;
    private readonly long _started;
    private readonly ITimer _timer;
    private Meter? _phase;
    private RateWindow _window = new();
    private int _painted;
    private bool _ended;

    public ProgressPrinter(Session session, JobProgress job)
    {
        _terminal = session.Terminal;
        _clock = session.Clock;
        _job = job;
        _started = _clock.GetTimestamp();
        var period = _terminal.CanRepaint ? s_repaint : s_logLine;
        _timer = _clock.CreateTimer(_ => Show(), null, period, period);
    }

    /// <summary>Wipes the line, so that what comes next starts at the left.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _ended = true;
            Paint("");
        }
    }

    private void Show()
    {
        lock (_gate)
        {
            // A tick under way when the job ended must not paint over the result.
            if (_ended)
            {
                return;
            }

            var reading = Read();
            if (_terminal.CanRepaint)
            {
                Paint(ProgressText.ForTerminal(reading, _terminal.Width));
            }
            else
            {
                _terminal.Talk.WriteLine(ProgressText.ForLog(reading));
            }
        }
    }

    private ProgressReading Read()
    {
        var (name, meter, elapsed) = _job.Current;
        if (meter != _phase)
        {
            _phase = meter;
            _window = new RateWindow();
        }

        var done = meter.Done;
        _window.Add(_clock.GetElapsedTime(_started), done);
        return new ProgressReading(name, done, meter.Total, elapsed, _window.Rate, _job.Bottleneck);
    }

    private void Paint(string line)
    {
        if (!_terminal.CanRepaint || (line.Length == 0 && _painted == 0))
        {
            return;
        }

        _terminal.Talk.Write("\r" + line.PadRight(_painted) + (line.Length == 0 ? "\r" : ""));
        _terminal.Talk.Flush();
        _painted = line.Length;
    }
}
