using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Console.Shell;

/// <summary>A screen that shows the appliance as it is now.</summary>
internal abstract class LiveScreen(Workplace workplace) : ScreenView
{
    protected Workplace Workplace { get; } = workplace;

    protected Dialogs Dialogs => Workplace.Dialogs;

    // Nothing is better than "0 hosts" where nobody has looked yet.
    public override void Enter()
    {
        if (Workplace.Now.IsComplete)
        {
            Show(Workplace.Now);
        }
    }

    /// <summary>The appliance has changed. Called at most twice a second, and when the screen comes up.</summary>
    public abstract void Show(Snapshot now);
}
