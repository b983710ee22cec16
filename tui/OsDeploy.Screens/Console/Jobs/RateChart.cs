using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>The rate of the last minutes as columns, the newest at the right, with the highest as its scale.</summary>
internal sealed class RateChart : View
{
    private IReadOnlyList<double> _rates = [];

    /// <param name="rates">Bytes a second, oldest first.</param>
    public void Show(IReadOnlyList<double> rates)
    {
        _rates = [.. rates];
        SetNeedsDraw();
    }

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var shown = _rates.Skip(Math.Max(_rates.Count - Viewport.Width, 0)).ToList();
        var most = shown.DefaultIfEmpty().Max();
        if (most <= 0 || Viewport.Height < 2)
        {
            return true;
        }

        SetAttributeForRole(VisualRole.Highlight);
        Move(0, 0);
        AddStr(string.Create(CultureInfo.InvariantCulture, $"{Sizes.Of((long)most)}/s"));
        SetAttributeForRole(VisualRole.Normal);
        var rows = Viewport.Height - 1;
        for (var column = 0; column < shown.Count; column++)
        {
            // Half a row is a shade: thinner blocks are in no VGA font.
            var half = (int)Math.Round(shown[column] / most * rows * 2);
            for (var row = 0; row < rows; row++)
            {
                var filled = half - (2 * (rows - 1 - row));
                Move(Viewport.Width - shown.Count + column, row + 1);
                AddStr(filled >= 2 ? "█" : filled == 1 ? "░" : " ");
            }
        }

        return true;
    }
}
