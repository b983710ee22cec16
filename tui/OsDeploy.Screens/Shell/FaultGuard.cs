using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Shell;

/// <summary>A fault of a screen is told and survived: a job that writes a disk must not end because a list could not be sorted.</summary>
/// <param name="record">Writes it down; the path of the file, null if there is none.</param>
internal sealed class FaultGuard(Dialogs dialogs, Func<Exception, string?> record)
{
    // A screen that cannot be drawn fails again and again: then it is better to leave, and say why.
    private const int MostFaults = 5;

    private static readonly TimeSpan s_soon = TimeSpan.FromMinutes(1);

    private readonly Queue<long> _faults = new();

    /// <returns>False: the program must end with it.</returns>
    public bool Survives(Exception fault)
    {
        while (_faults.TryPeek(out var oldest) && dialogs.Time.GetElapsedTime(oldest) > s_soon)
        {
            _faults.Dequeue();
        }

        _faults.Enqueue(dialogs.Time.GetTimestamp());
        if (fault is OutOfMemoryException || _faults.Count > MostFaults)
        {
            return false;
        }

        var what = record(fault) ?? $"{fault.GetType().Name}: {fault.Message}";
        dialogs.App.Invoke(() => dialogs.Tell(Dialogue.FaultTitle, Language.Fill(Dialogue.FaultText, Printable.Of(what, 400))));
        return true;
    }
}
