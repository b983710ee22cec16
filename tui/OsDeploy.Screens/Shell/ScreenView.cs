namespace OsDeploy.Screens.Shell;

/// <summary>What fills the middle of the console's window.</summary>
internal abstract class ScreenView : View
{
    protected ScreenView()
    {
        CanFocus = true;
        Width = Dim.Fill();
        Height = Dim.Fill();
    }

    /// <summary>Names the screen in its window.</summary>
    public abstract string Heading { get; }

    /// <summary>Shown on F1.</summary>
    public abstract string Help { get; }

    public virtual IReadOnlyList<ScreenAction> Actions => [];

    /// <summary>Esc, before the screen before comes back: a filter is emptied first.</summary>
    /// <returns>True: there was something to take back here.</returns>
    public virtual bool Back() => false;

    /// <summary>The screen is on top (again).</summary>
    public virtual void Enter()
    {
    }

    /// <summary>Another one is.</summary>
    public virtual void Leave()
    {
    }
}
