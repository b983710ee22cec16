using System.Drawing;

namespace OsDeploy.Tui.Views;

/// <summary>Upright bars side by side.</summary>
public sealed class BarSeries : ISeries
{
#pragma warning disable CA2227, CA1002 // As Terminal.Gui has it.
    public List<BarSeriesBar> Bars { get; set; } = [];
#pragma warning restore CA2227, CA1002

    /// <summary>From one bar to the next, in the units of the graph.</summary>
    public float BarEvery { get; set; } = 1;

    /// <summary>What is left free before the first.</summary>
    public float Offset { get; set; }

    public bool DrawLabels { get; set; } = true;

    public void DrawSeries(GraphView graph, Rectangle drawBounds, RectangleF graphBounds)
    {
        for (var number = 0; number < Bars.Count; number++)
        {
            var bar = Bars[number];
            var x = Offset + ((number + 1) * BarEvery);
            var foot = graph.PlaceOf(new PointF(x, 0));
            var top = graph.PlaceOf(new PointF(x, bar.Value));
            if (foot.X < drawBounds.Left || foot.X >= drawBounds.Right)
            {
                continue;
            }

            if (bar.Value > 0)
            {
                DrawBar(graph, foot.X, Math.Max(top.Y, drawBounds.Top), Math.Min(foot.Y, drawBounds.Bottom - 1), bar.Fill);
            }

            if (DrawLabels && bar.Text is { Length: > 0 } text)
            {
                graph.DrawBelow(foot.X, text);
            }
        }
    }

    private static void DrawBar(GraphView graph, int column, int top, int foot, GraphCellToRender fill)
    {
        if (fill.Color is { } color)
        {
            graph.SetAttribute(color);
        }

        for (var row = top; row <= foot; row++)
        {
            graph.Move(column, row);
            graph.AddRune(fill.Rune);
        }

        graph.UseGraphColor();
    }
}
