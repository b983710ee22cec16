using System.Runtime.InteropServices;

namespace OsDeploy.Cli;

/// <summary>
/// Ctrl-C, a polite kill and a dropped session: the first asks the job to stop where disk and store are safe, a second Ctrl-C
/// or kill ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly Terminal _terminal;
    private readonly List<PosixSignalRegistration> _signals;

    public Interruption(Terminal terminal)
    {
        _terminal = terminal;
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, Interrupt))];
    }

    public CancellationToken Token => _asked.Token;

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _asked.Dispose();
    }

    internal void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_asked.IsCancellationRequested)
        {
            _asked.Cancel();
            if (!_terminal.IsTaken)
            {
                _terminal.Talk.WriteLine("\nStopping; interrupt once more to stop at once.");
            }
        }
        else if (context.Signal != PosixSignal.SIGHUP)
        {
            // A dropped session hangs up twice, by its shell and by the kernel: nobody asked twice.
            Environment.Exit((int)ExitCode.Cancelled);
        }
    }
}
