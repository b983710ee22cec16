using System.Globalization;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Shell;

/// <summary>A fault of a screen is told and survived: a job that writes a disk must not end because a list could not be sorted.</summary>
internal sealed class FaultGuard(Dialogs dialogs)
{
    // A screen that cannot be drawn fails again and again: then it is better to leave, and say why.
    private const int MostFaults = 5;

    private int _faults;

    /// <returns>False: the program must end with it.</returns>
    public bool Survives(Exception fault)
    {
        if (fault is OutOfMemoryException || ++_faults > MostFaults)
        {
            return false;
        }

        var at = fault.StackTrace?.Split('\n').FirstOrDefault()?.Trim();
        var what = string.Create(CultureInfo.InvariantCulture, $"{fault.GetType().Name}: {fault.Message} {at}");
        dialogs.App.Invoke(() => dialogs.Tell(Dialogue.FaultTitle, Language.Fill(Dialogue.FaultText, Printable.Of(what, 400))));
        return true;
    }
}
