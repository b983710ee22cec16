using System.Runtime.InteropServices;

namespace OsDeploy.Cli;

/// <summary>
/// Ctrl-C and a polite kill: the first asks the job to stop where disk and store are safe, the second ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly List<PosixSignalRegistration> _signals;

    public Interruption(TextWriter talk)
    {
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, context => Interrupt(context, talk)))];
    }

    public CancellationToken Token => _asked.Token;

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _asked.Dispose();
    }

    private void Interrupt(PosixSignalContext context, TextWriter talk)
    {
        if (_asked.IsCancellationRequested)
        {
            Environment.Exit((int)ExitCode.Cancelled);
        }

        context.Cancel = true;
        talk.WriteLine("\nStopping; interrupt once more to stop at once.");
        _asked.Cancel();
    }
}
