namespace OsDeploy.Tui.ViewBase;

public sealed class HasFocusEventArgs(bool newValue) : EventArgs
{
    public bool NewValue { get; } = newValue;
}
