using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Machine.Views;

/// <summary>One of the screens of a computer.</summary>
internal abstract class MachineView : ScreenView
{
    /// <summary>The computer knows something new, or time has passed.</summary>
    public virtual void Show()
    {
    }

    /// <summary>Text broken at the edge of the view, which may not be laid out yet.</summary>
    protected static string Wrapped(string text) => string.Join('\n', TextLines.Wrap(text, Columns));

    private const int Columns = 76;
}
