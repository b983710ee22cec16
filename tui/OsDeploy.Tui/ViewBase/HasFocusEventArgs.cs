namespace OsDeploy.Tui.ViewBase;

public sealed class HasFocusEventArgs : EventArgs
{
    internal HasFocusEventArgs(bool newValue) => NewValue = newValue;

    public bool NewValue { get; }
}
