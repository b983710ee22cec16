using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>How one column of a table looks.</summary>
public sealed class ColumnStyle
{
    public Alignment Alignment { get; set; }

    public int MinWidth { get; set; }

    public int MaxWidth { get; set; } = TableView.DefaultMaxCellWidth;

    /// <summary>How narrow it may become where the table is too wide.</summary>
    public int MinAcceptableWidth { get; set; } = TableView.DefaultMinAcceptableWidth;

    public bool Visible { get; set; } = true;
}
