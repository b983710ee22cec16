using System.Drawing;
using System.Text;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;
using Attribute = OsDeploy.Tui.Drawing.Attribute;

namespace OsDeploy.Tui.Views;

/// <summary>Numbers as a picture, with a scale at its left. Its origin is the lower left corner inside the margins.</summary>
public class GraphView : View
{
    // Three tenths are three times a tenth, whatever floating point makes of it.
    private const double Tolerance = 1e-4;

    private static readonly Rune s_level = new('─');
    private static readonly Rune s_upright = new('│');
    private static readonly Rune s_corner = new('└');
    private static readonly Rune s_mark = new('┤');

    public VerticalAxis AxisY { get; set; } = new();

#pragma warning disable CA1002 // As Terminal.Gui has it.
    public List<ISeries> Series { get; } = [];
#pragma warning restore CA1002

    /// <summary>How many units of the graph a column and a row stand for.</summary>
    public PointF CellSize { get; set; } = new(1, 1);

    /// <summary>What is at the origin.</summary>
    public PointF ScrollOffset { get; set; }

    /// <summary>Columns for the scale.</summary>
    public uint MarginLeft { get; set; }

    /// <summary>Rows for what stands below.</summary>
    public uint MarginBottom { get; set; }

    /// <summary>Null: that of the scheme.</summary>
    public Attribute? GraphColor { get; set; }

    internal Point PlaceOf(PointF location) => new(
        (int)MarginLeft + InCells(location.X - ScrollOffset.X, CellSize.X),
        FootRow - InCells(location.Y - ScrollOffset.Y, CellSize.Y));

    public void Reset()
    {
        Series.Clear();
        (ScrollOffset, CellSize, AxisY, GraphColor) = (default, new PointF(1, 1), new VerticalAxis(), null);
        SetNeedsDraw();
    }

    internal void UseGraphColor() => SetAttribute(GraphColor ?? GetAttributeForRole(VisualRole.Normal));

    /// <summary>A text with its middle under a column.</summary>
    internal void DrawBelow(int column, string text)
    {
        if (MarginBottom > 0)
        {
            Move(Math.Max(column - ((UnicodeWidth.Of(text) - 1) / 2), (int)MarginLeft), FootRow + 1);
            AddText(text);
        }
    }

    private int FootRow => Viewport.Height - 1 - (int)MarginBottom;

    protected override bool OnDrawingContent(DrawContext? context)
    {
        UseGraphColor();
        Fill(new Rectangle(Point.Empty, Viewport.Size));
        var bounds = new Rectangle((int)MarginLeft, 0, Viewport.Width - (int)MarginLeft, FootRow + 1);
        if (bounds.Width <= 0 || bounds.Height <= 0)
        {
            return true;
        }

        DrawAxes(bounds);
        var units = new RectangleF(ScrollOffset.X, ScrollOffset.Y, bounds.Width * CellSize.X, bounds.Height * CellSize.Y);
        foreach (var series in Series)
        {
            series.DrawSeries(this, bounds, units);
            UseGraphColor();
        }

        return true;
    }

    // A scale of nothing, or a number that is none, stays at the origin.
    private static int InCells(float units, float cell)
    {
        var cells = Math.Floor((units / (double)cell) + Tolerance);
        return double.IsFinite(cells) ? (int)Math.Clamp(cells, -10_000, 10_000) : 0;
    }

    private void DrawAxes(Rectangle bounds)
    {
        Move(bounds.Left, FootRow);
        for (var column = bounds.Left; column < bounds.Right; column++)
        {
            AddRune(s_level);
        }

        if (!AxisY.Visible)
        {
            return;
        }

        for (var row = 0; row < FootRow; row++)
        {
            Move(bounds.Left, row);
            AddRune(s_upright);
        }

        Move(bounds.Left, FootRow);
        AddRune(s_corner);
        DrawMarks(bounds);
    }

    private void DrawMarks(Rectangle bounds)
    {
        for (var number = 0; AxisY.Increment > 0 && number <= bounds.Height * 10; number++)
        {
            var value = number * AxisY.Increment;
            var row = PlaceOf(new PointF(0, value)).Y;
            if (row < 0 || AxisY.ShowLabelsEvery == 0)
            {
                break;
            }

            if (number % AxisY.ShowLabelsEvery != 0 || row > FootRow)
            {
                continue;
            }

            var text = Columns.Fit(AxisY.LabelGetter(new AxisIncrementToRender(Orientation.Vertical, row, value)), (int)MarginLeft);
            Move((int)MarginLeft - UnicodeWidth.Of(text), row);
            AddText(text);
            Move(bounds.Left, row);
            AddRune(row == FootRow ? s_corner : s_mark);
        }
    }
}
