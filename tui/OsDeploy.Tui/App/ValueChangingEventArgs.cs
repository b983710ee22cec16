namespace OsDeploy.Tui.App;

/// <summary>A value is about to change. Whoever sets <see cref="Handled"/> keeps it as it is.</summary>
public sealed class ValueChangingEventArgs<T>(T currentValue, T newValue) : EventArgs
{
    public T CurrentValue { get; } = currentValue;

    /// <summary>Another one may be put in its place.</summary>
    public T NewValue { get; set; } = newValue;

    public bool Handled { get; set; }
}
