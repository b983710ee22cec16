using System.Drawing;

namespace OsDeploy.Tui.Views;

/// <summary>Numbers that a <see cref="GraphView"/> shows.</summary>
public interface ISeries
{
    /// <param name="drawBounds">Where it may draw, in columns and rows of the view.</param>
    /// <param name="graphBounds">The same, in the units of the graph.</param>
    void DrawSeries(GraphView graph, Rectangle drawBounds, RectangleF graphBounds);
}
