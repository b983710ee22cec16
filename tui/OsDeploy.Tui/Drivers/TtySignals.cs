using System.Runtime.InteropServices;

namespace OsDeploy.Tui.Drivers;

/// <summary>Signals about a terminal, kept until the thread of the screens asks. Ctrl+C and its like are keys, not signals.</summary>
internal sealed class TtySignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action _wake;
    private int _resized;
    private int _continued;
    private int _ended;
    private int _isOurs;

    public TtySignals(Action wake)
    {
        _wake = wake;
        On(PosixSignal.SIGWINCH, () => Volatile.Write(ref _resized, 1));
        On(PosixSignal.SIGCONT, () => Volatile.Write(ref _continued, 1));
        foreach (var end in new[] { PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            On(end, () => Volatile.Write(ref _ended, 1));
        }

        foreach (var interrupt in new[] { PosixSignal.SIGINT, PosixSignal.SIGQUIT })
        {
            On(interrupt, OnInterrupt);
        }

        On(PosixSignal.SIGTSTP, () => { });
    }

    /// <summary>False while another program has the terminal: Ctrl+C is meant for that one, and we get it too.</summary>
    public void TerminalIsOurs(bool isOurs) => Volatile.Write(ref _isOurs, isOurs ? 1 : 0);

    public bool TakeResized() => Interlocked.Exchange(ref _resized, 0) == 1;

    public bool TakeContinued() => Interlocked.Exchange(ref _continued, 0) == 1;

    public bool TakeEnded() => Interlocked.Exchange(ref _ended, 0) == 1;

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void OnInterrupt()
    {
        if (Volatile.Read(ref _isOurs) == 1)
        {
            Volatile.Write(ref _ended, 1);
        }
    }

    private void On(PosixSignal signal, Action note) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        note();
        _wake();
    }));
}
