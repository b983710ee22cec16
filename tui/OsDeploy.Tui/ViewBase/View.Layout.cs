using System.Drawing;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Text;

namespace OsDeploy.Tui.ViewBase;

public partial class View
{
    private Pos _x = 0;
    private Pos _y = 0;
    private Dim _width = 0;
    private Dim _height = 0;
    private LineStyle _borderStyle;
    private Rectangle _viewport;
    private bool _isLaidOut;
    private bool _isLayingOut;

    public Pos X
    {
        get => _x;
        set => Set(ref _x, value);
    }

    public Pos Y
    {
        get => _y;
        set => Set(ref _y, value);
    }

    public Dim Width
    {
        get => _width;
        set => Set(ref _width, value);
    }

    public Dim Height
    {
        get => _height;
        set => Set(ref _height, value);
    }

    public LineStyle BorderStyle
    {
        get => _borderStyle;
        set => Set(ref _borderStyle, value);
    }

    /// <summary>Where it is inside the viewport of the view that holds it; set by the layout.</summary>
    public Rectangle Frame { get; private set; }

    /// <summary>What is inside the border. Its location is how far the content is scrolled.</summary>
    public Rectangle Viewport
    {
        get => new(_viewport.Location, new Size(Math.Max(Frame.Width - (2 * Edge), 0), Math.Max(Frame.Height - (2 * Edge), 0)));
        set
        {
            _viewport = value;
            SetNeedsDraw();
        }
    }

    public event EventHandler<EventArgs<Rectangle>>? FrameChanged;

    internal int Edge => BorderStyle == LineStyle.None ? 0 : 1;

    public void SetNeedsLayout()
    {
        (App as Application)?.NeedLayout();
        SetNeedsDraw();
    }

    /// <summary>Lays it out with all it holds.</summary>
    /// <param name="contentSize">Room the view has.</param>
    public void Layout(Size contentSize)
    {
        Unlay();
        LayoutIn(contentSize);
    }

    /// <summary>In the order in which the views depend on each other; a circle ends at the frame before.</summary>
    internal void LayoutBefore()
    {
        if (SuperView is { } holder && !_isLaidOut && !_isLayingOut)
        {
            LayoutIn(holder.Viewport.Size);
        }
    }

    /// <summary>Position of its upper left corner on the screen, border included.</summary>
    internal Point ScreenOrigin()
    {
        var origin = Frame.Location;
        for (var holder = SuperView; holder is not null; holder = holder.SuperView)
        {
            origin.Offset(holder.Frame.X + holder.Edge, holder.Frame.Y + holder.Edge);
        }

        return origin;
    }

    /// <summary>Columns and rows that its text or the views it holds need, without the border.</summary>
    /// <param name="columns">How wide it will be inside its border; <see cref="int.MaxValue"/> while that is the question.</param>
    private protected virtual Size NeededSize(DimAutoStyle style, int columns)
    {
        var size = Size.Empty;
        if (style.HasFlag(DimAutoStyle.Text) && Text.Length > 0)
        {
            var lines = Text.Split('\n');
            size = new Size(lines.Max(line => UnicodeWidth.Of(line)), lines.Length);
        }

        var content = style.HasFlag(DimAutoStyle.Content) ? ContentSize(_subViews, columns) : Size.Empty;
        return new Size(Math.Max(size.Width, content.Width), Math.Max(size.Height, content.Height));
    }

    private protected static Size ContentSize(IEnumerable<View> views, int columns)
    {
        var size = Size.Empty;
        foreach (var view in views.Where(view => view.Visible))
        {
            size.Width = Math.Max(size.Width, Extent(view._x, view._width, view.NeededColumns));
            size.Height = Math.Max(size.Height, Extent(view._y, view._height, style => view.NeededRows(style, view.WidthIn(columns))));
        }

        return size;
    }

    private protected virtual void OnFrameChanged()
    {
    }

    // What depends on the size of the holder cannot say how large the holder must be.
    private static int Extent(Pos position, Dim size, Func<DimAutoStyle, int> needed)
    {
        var length = size.IsFixed ? size.Of(0, 0, needed) : 0;
        return position.IsFixed ? position.Of(0, length) + length : length;
    }

    internal int NeededColumns(DimAutoStyle style = DimAutoStyle.Auto) => NeededSize(style, int.MaxValue).Width + (2 * Edge);

    internal int NeededRows(DimAutoStyle style, int width) =>
        NeededSize(style, width == int.MaxValue ? width : Math.Max(width - (2 * Edge), 0)).Height + (2 * Edge);

    private int WidthIn(int columns)
    {
        if (columns == int.MaxValue)
        {
            return columns;
        }

        var width = _width.Of(columns, 0, NeededColumns);
        return _width.Of(columns, _x.Of(columns, width), NeededColumns);
    }

    private void Set<T>(ref T field, T value)
    {
        field = value;
        SetNeedsLayout();
    }

    private void Unlay()
    {
        _isLaidOut = false;
        foreach (var view in _subViews)
        {
            view.Unlay();
        }
    }

    private void LayoutIn(Size room)
    {
        _isLayingOut = true;
        var width = _width.Of(room.Width, 0, NeededColumns);
        var x = _x.Of(room.Width, width);
        width = _width.Of(room.Width, x, NeededColumns);
        var height = _height.Of(room.Height, 0, style => NeededRows(style, width));
        var y = _y.Of(room.Height, height);
        height = _height.Of(room.Height, y, style => NeededRows(style, width));
        var frame = new Rectangle(x, y, Math.Max(width, 0), Math.Max(height, 0));
        var isChanged = frame != Frame;
        Frame = frame;
        _isLayingOut = false;
        _isLaidOut = true;
        if (isChanged)
        {
            OnFrameChanged();
            FrameChanged?.Invoke(this, new EventArgs<Rectangle>(frame));
        }

        // Asked how large they are, they may have been laid out in a room that was not known yet.
        View[] inside = [.. _subViews];
        Array.ForEach(inside, view => view._isLaidOut = false);
        Array.ForEach(inside, view => view.LayoutBefore());
    }
}
