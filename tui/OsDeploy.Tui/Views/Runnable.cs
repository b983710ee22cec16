using OsDeploy.Tui.App;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>A view that takes the whole application while it runs.</summary>
public class Runnable : View, IRunnable
{
    public Runnable()
    {
        CanFocus = true;
        Width = Dim.Fill();
        Height = Dim.Fill();
    }

    public bool IsRunning { get; private set; }

    public object? Result { get; set; }

    public event EventHandler<EventArgs<bool>>? IsRunningChanged;

    public void RequestStop() => App?.RequestStop(this);

    internal void TellRunning(bool isRunning)
    {
        IsRunning = isRunning;
        if (isRunning)
        {
            // What came of an earlier run is not what comes of this one.
            Result = null;
        }

        OnIsRunningChanged(isRunning);
        IsRunningChanged?.Invoke(this, new EventArgs<bool>(isRunning));
    }

    /// <summary>The mouse did something beside it while it is on top.</summary>
    internal virtual void OnMouseOutside(Mouse mouse)
    {
    }

    protected virtual void OnIsRunningChanged(bool newIsRunning)
    {
    }
}
