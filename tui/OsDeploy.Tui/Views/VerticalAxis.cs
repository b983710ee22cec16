namespace OsDeploy.Tui.Views;

/// <summary>The scale at the left of a graph.</summary>
public sealed class VerticalAxis
{
    /// <summary>From one mark to the next, in the units of the graph.</summary>
    public float Increment { get; set; } = 1;

    /// <summary>A number stands at each so-manieth mark; 0: at none.</summary>
    public uint ShowLabelsEvery { get; set; } = 5;

    public bool Visible { get; set; } = true;

    /// <summary>The words for a mark.</summary>
    public LabelGetterDelegate LabelGetter { get; set; } = increment => increment.Value.ToString("0.##", System.Globalization.CultureInfo.CurrentCulture);
}
