namespace OsDeploy.Tui.Views;

public sealed class TableStyle
{
    public Dictionary<int, ColumnStyle> ColumnStyles { get; } = [];

    public bool ShowHeaders { get; set; } = true;

    /// <summary>The last column takes what room is left.</summary>
    public bool ExpandLastColumn { get; set; } = true;

    public ColumnStyle GetOrCreateColumnStyle(int col)
    {
        if (!ColumnStyles.TryGetValue(col, out var style))
        {
            ColumnStyles[col] = style = new ColumnStyle();
        }

        return style;
    }
}
