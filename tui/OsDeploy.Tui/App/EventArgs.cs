namespace OsDeploy.Tui.App;

/// <summary>Something is, or has become, <paramref name="currentValue"/>.</summary>
public class EventArgs<T>(in T currentValue) : EventArgs
    where T : notnull
{
    public T Value { get; } = currentValue;
}
