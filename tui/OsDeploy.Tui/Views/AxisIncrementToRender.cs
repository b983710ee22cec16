using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

public delegate string LabelGetterDelegate(AxisIncrementToRender toRender);

/// <summary>A mark on the scale of a graph.</summary>
/// <param name="screen">Its column or row in the view.</param>
public sealed class AxisIncrementToRender(Orientation orientation, int screen, float value)
{
    public Orientation Orientation { get; } = orientation;

    public int ScreenLocation { get; } = screen;

    public float Value { get; } = value;
}
