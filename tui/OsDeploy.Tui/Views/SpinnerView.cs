using System.Drawing;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>A character that turns while something is being done.</summary>
public class SpinnerView : View
{
    // A slow line has more important things to carry.
    private const int SlowDelay = 500;

    private int _at;
    private bool _wasDrawn;
    private object? _timeout;

    public SpinnerView()
    {
        Width = Dim.Auto();
        Height = 1;
    }

    /// <summary>It turns by itself while it is on the screen.</summary>
    public bool AutoSpin
    {
        get;
        set
        {
            field = value;
            SetNeedsDraw();
        }
    }

    /// <summary>Milliseconds.</summary>
    public int SpinDelay { get; set; } = 130;

    public string[] Sequence
    {
        get;
        set
        {
            (field, _at) = (value, 0);
            SetNeedsLayout();
        }
    } = ["-", "\\", "|", "/"];

    public void AdvanceAnimation(bool setNeedsDraw = true)
    {
        _at = (_at + 1) % Math.Max(Sequence.Length, 1);
        if (setNeedsDraw)
        {
            SetNeedsDraw();
        }
    }

    private protected override Size NeededSize(DimAutoStyle style, int columns) =>
        new(Sequence.Select(text => UnicodeWidth.Of(text)).DefaultIfEmpty().Max(), 1);

    protected override bool OnDrawingContent(DrawContext? context)
    {
        Move(0, 0);
        AddText(Sequence.Length == 0 ? "" : Sequence[_at]);
        _wasDrawn = true;
        if (AutoSpin && _timeout is null && App is Application app)
        {
            var delay = app.IsSlow ? Math.Max(SpinDelay, SlowDelay) : SpinDelay;
            _timeout = app.AddTimeout(TimeSpan.FromMilliseconds(delay), Tick);
        }

        return true;
    }

    /// <returns>False: nobody has seen the last one, or nobody wants another.</returns>
    private bool Tick()
    {
        if (!AutoSpin || !_wasDrawn || App is null)
        {
            _timeout = null;
            return false;
        }

        _wasDrawn = false;
        AdvanceAnimation();
        return true;
    }
}
