namespace OsDeploy.Tui.Views;

/// <param name="text">Stands below it.</param>
public sealed class BarSeriesBar(string? text, GraphCellToRender fill, float value)
{
    public string? Text { get; set; } = text;

    public GraphCellToRender Fill { get; set; } = fill;

    public float Value { get; } = value;
}
