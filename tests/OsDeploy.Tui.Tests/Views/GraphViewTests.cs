using System.Drawing;
using System.Text;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Views;
using Xunit;

namespace OsDeploy.Tui.Tests.Views;

public sealed class GraphViewTests
{
    private static readonly GraphCellToRender s_fill = new(new Rune('█'));

    [Theory]
    [InlineData("graph")]
    [InlineData("graph-ascii")]
    public void Rates_as_bars(string name)
    {
        using var stage = new Stage(name == "graph" ? TerminalProfile.Linux : TerminalProfile.Vt220);
        var graph = Rates([0, 20, 45, 80, 112, 118, 117, 95, 100, 1000]);
        stage.Look(() => Golden.Check(stage.Terminal.Text.TrimEnd('\n') + "\n", name));
        stage.Show(graph);
    }

    [Theory]
    [InlineData(new float[0])]
    [InlineData(new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, -5, float.MaxValue })]
    public void Numbers_that_are_none_break_nothing(float[] rates)
    {
        using var stage = new Stage();
        var graph = Rates(rates);
        graph.CellSize = new PointF(1, 0);
        stage.Look(() => Assert.Contains("└", stage.Terminal.Text, StringComparison.Ordinal));
        stage.Show(graph);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 1)]
    [InlineData(5, 2)]
    public void Without_room_nothing_is_drawn_outside(int width, int height)
    {
        using var stage = new Stage();
        var graph = Rates([50, 60]);
        (graph.Width, graph.Height) = (width, height);
        stage.Look(() => Assert.All(Enumerable.Range(height, 24 - height), row => Assert.Equal("", stage.Terminal.Line(row).Trim())));
        stage.Show(graph);
    }

    private static GraphView Rates(float[] rates)
    {
        var graph = new GraphView { Width = 30, Height = 9, MarginLeft = 5, MarginBottom = 1, CellSize = new PointF(1, 20) };
        graph.AxisY.Increment = 20;
        graph.AxisY.ShowLabelsEvery = 2;
        graph.Series.Add(new BarSeries { BarEvery = 2, Bars = [.. rates.Select((rate, at) => new BarSeriesBar(at % 4 == 0 ? $"{at}s" : null, s_fill, rate))] });
        return graph;
    }
}
