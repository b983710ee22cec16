using System.Drawing;
using System.Globalization;
using System.Text;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>How much is done; or, by <see cref="Pulse"/>, only that something is being done.</summary>
public class ProgressBar : View
{
    private const int BlockWidth = 3;

    private static readonly Rune s_done = new('█');
    private static readonly Rune s_open = new('░');

    private int? _pulse;
    private int _step = 1;

    public ProgressBar()
    {
        Width = Dim.Auto();
        Height = 1;
    }

    /// <summary>From 0 to 1.</summary>
    public float Fraction
    {
        get;
        set
        {
            field = float.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1);
            _pulse = null;
            SetNeedsDraw();
        }
    }

    public ProgressBarFormat ProgressBarFormat
    {
        get;
        set
        {
            field = value;
            SetNeedsDraw();
        }
    }

    /// <summary>What pulses comes back from the far end, or begins anew.</summary>
    public bool BidirectionalMarquee { get; set; } = true;

    // Never 100 % before the end.
    private string Percentage => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor((Fraction * 100d) + 0.0001)}%");

    public void Pulse()
    {
        var last = Math.Max(Viewport.Width - BlockWidth, 0);
        var next = (_pulse ?? -1) + (_pulse is null ? 1 : _step);
        if (next > last || next < 0)
        {
            _step = BidirectionalMarquee ? -_step : 1;
            next = BidirectionalMarquee ? Math.Clamp(next + (2 * _step), 0, last) : 0;
        }

        _pulse = next;
        SetNeedsDraw();
    }

    private protected override Size NeededSize(DimAutoStyle style, int columns) => new(Math.Max(UnicodeWidth.Of(Text) + 4, 10), 1);

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var width = Viewport.Width;
        var (from, to) = _pulse is { } at ? (at, at + BlockWidth) : (0, Fraction >= 1 ? width : (int)(Fraction * width));
        SetAttributeForRole(VisualRole.Normal);
        Move(0, 0);
        for (var column = 0; column < width; column++)
        {
            AddRune(column >= from && column < to ? s_done : s_open);
        }

        DrawText(width);
        return true;
    }

    private void DrawText(int width)
    {
        var text = Text.Length > 0 ? Text : _pulse is null ? Percentage : "";
        if (ProgressBarFormat == ProgressBarFormat.Simple || text.Length == 0 || width < 6)
        {
            return;
        }

        var shown = $" {Columns.Fit(text, width - 2)} ";
        Move((width - UnicodeWidth.Of(shown)) / 2, 0);
        AddText(shown);
    }
}
