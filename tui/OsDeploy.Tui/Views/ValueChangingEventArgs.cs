namespace OsDeploy.Tui.Views;

/// <summary>A value is about to change. Whoever sets <see cref="Handled"/> keeps it as it is.</summary>
public sealed class ValueChangingEventArgs<T>(T currentValue, T newValue) : EventArgs
{
    public T CurrentValue { get; } = currentValue;

    public T NewValue { get; } = newValue;

    public bool Handled { get; set; }
}
