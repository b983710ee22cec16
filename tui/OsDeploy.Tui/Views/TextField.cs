using System.Drawing;
using System.Text;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>One line to type in. While it is empty it shows its title.</summary>
public partial class TextField : View
{
    private Rune[] _runes = [];
    private int _insertionPoint;
    private int _first;

    public TextField()
    {
        CanFocus = true;
        Height = 1;
        BindKeys();
    }

    public event EventHandler<ValueChangingEventArgs<string?>>? ValueChanging;

    public event EventHandler<ValueChangedEventArgs<string?>>? ValueChanged;

    /// <summary>Line ends and other control characters become blanks. The cursor goes behind it.</summary>
    public override string Text
    {
        get => base.Text;
        set => Change([.. OneLine(value).EnumerateRunes()], int.MaxValue);
    }

    /// <summary>The same as <see cref="Text"/>.</summary>
    public string? Value
    {
        get => Text;
        set => Text = value ?? "";
    }

    /// <summary>Shows asterisks.</summary>
    public bool Secret
    {
        get;
        set
        {
            field = value;
            SetNeedsDraw();
        }
    }

    public bool ReadOnly
    {
        get;
        set
        {
            field = value;
            SetNeedsDraw();
        }
    }

    /// <summary>How many characters stand before the cursor.</summary>
    public int InsertionPoint
    {
        get => _insertionPoint;
        set
        {
            _insertionPoint = Math.Clamp(value, 0, _runes.Length);
            Follow();
            SetNeedsDraw();
        }
    }

    /// <summary>The first character that is shown.</summary>
    public int ScrollOffset => _first;

    private static Rune Mask { get; } = new('*');

    private protected override Size NeededSize(DimAutoStyle style, int columns) => new(WidthOf(0, _runes.Length) + 1, 1);

    private protected override Point? PositionCursor() => new Point(WidthOf(_first, _insertionPoint), 0);

    private protected override void OnFrameChanged() => Follow();

    protected override bool OnDrawingContent(DrawContext? context)
    {
        SetAttributeForRole(ReadOnly ? VisualRole.ReadOnly : HasFocus ? VisualRole.Focus : VisualRole.Editable);
        Fill(new Rectangle(Point.Empty, Viewport.Size));
        Move(0, 0);
        if (_runes.Length == 0)
        {
            AddText(HotKeyText.Plain(Title, HotKeySpecifier));
        }

        for (var at = _first; at < _runes.Length; at++)
        {
            AddRune(Secret ? Mask : _runes[at]);
        }

        return true;
    }

    // A line end that was copied along must not do what Enter does; runs of them are one blank.
    private static string OneLine(string text)
    {
        var line = new StringBuilder();
        foreach (var rune in text.TrimEnd('\r', '\n').EnumerateRunes())
        {
            if (!Rune.IsControl(rune))
            {
                line.Append(rune.ToString());
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString();
    }

    private int WidthOf(int from, int to)
    {
        var width = 0;
        for (var at = from; at < to; at++)
        {
            width += Secret ? 1 : UnicodeWidth.Of(UnicodeWidth.Shown(_runes[at]));
        }

        return width;
    }

    /// <summary>Scrolls as little as will show the cursor.</summary>
    private void Follow()
    {
        _first = Math.Min(_first, _insertionPoint);
        while (_first < _insertionPoint && WidthOf(_first, _insertionPoint) >= Math.Max(Viewport.Width, 1))
        {
            _first++;
        }

        // Rather than blanks at its end it shows what stands before.
        while (_first > 0 && WidthOf(_first - 1, _runes.Length) < Viewport.Width)
        {
            _first--;
        }
    }

    /// <returns>False: somebody kept it as it was.</returns>
    private bool Change(Rune[] runes, int insertionPoint)
    {
        var (old, text) = (Text, string.Concat(runes));
        if (old == text)
        {
            InsertionPoint = insertionPoint;
            return true;
        }

        var changing = new ValueChangingEventArgs<string?>(old, text);
        ValueChanging?.Invoke(this, changing);
        if (changing.Handled)
        {
            return false;
        }

        text = OneLine(changing.NewValue ?? "");
        _runes = [.. text.EnumerateRunes()];
        InsertionPoint = insertionPoint;
        base.Text = text;
        ValueChanged?.Invoke(this, new ValueChangedEventArgs<string?>(old, text));
        return true;
    }
}
