using System.Drawing;
using System.Text;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>
/// A text of many lines, to edit or to read. Read only, its end stays in sight while it grows, once <see cref="MoveEnd"/> or the End key
/// has gone there and until somebody scrolls back: so it shows a log.
/// </summary>
public partial class TextView : View
{
    private const int TabWidth = 4;

    private static readonly Rune s_noHotKey = new('\uFFFF');

    private readonly TextLines _lines = new();
    private IReadOnlyList<string>? _wrapped;
    private Point _insertionPoint;
    private string _loaded = "";
    private bool _isFollowing;

    public TextView()
    {
        CanFocus = true;
        HotKeySpecifier = s_noHotKey;
        BindKeys();
    }

    /// <summary>Somebody has edited it.</summary>
    public event EventHandler<ContentsChangedEventArgs>? ContentsChanged;

    /// <summary>
    /// A text that begins as the one before stays where it is scrolled to, any other begins at its first line; while the end is being
    /// followed both show their end.
    /// </summary>
    public override string Text
    {
        get => _lines.Whole;
        set
        {
            var old = _lines.Whole;
            _lines.Whole = value;
            _loaded = _lines.Whole;
            _wrapped = null;
            if (_isFollowing)
            {
                MoveEnd();
            }
            else if (!ReadOnly || old.Length == 0 || !_loaded.StartsWith(old, StringComparison.Ordinal))
            {
                MoveHome();
            }

            base.Text = _loaded;
        }
    }

    public bool ReadOnly
    {
        get;
        set
        {
            field = value;
            _wrapped = null;
            SetNeedsDraw();
        }
    }

    /// <summary>Long lines go on in the next row; while the text is read only.</summary>
    public bool WordWrap
    {
        get;
        set
        {
            field = value;
            _wrapped = null;
            SetNeedsDraw();
        }
    }

    /// <summary>False: Tab goes to the next view.</summary>
    public bool TabKeyAddsTab { get; set; }

    /// <summary>How many lines the text has.</summary>
    public int Lines => _lines.Count;

    /// <summary>Edited since it was set.</summary>
    public bool IsDirty => !string.Equals(_lines.Whole, _loaded, StringComparison.Ordinal);

    public int CurrentRow => _insertionPoint.Y;

    public int CurrentColumn => _insertionPoint.X;

    /// <summary>The line (Y) of the cursor, and how many characters stand before it there (X).</summary>
    public Point InsertionPoint
    {
        get => _insertionPoint;
        set
        {
            _insertionPoint = _lines.Clamp(value);
            Follow();
            SetNeedsDraw();
        }
    }

    private bool IsWrapped => ReadOnly && WordWrap && Viewport.Width > 0;

    private IReadOnlyList<string> Wrapped => _wrapped ??= Columns.Wrap(WithoutTabs, Viewport.Width);

    private string WithoutTabs => _lines.Whole.Replace("\t", new string(' ', TabWidth), StringComparison.Ordinal);

    private int LastFirstRow => Math.Max(RowCount - Viewport.Height, 0);

    private int RowCount => IsWrapped ? Wrapped.Count : _lines.Count;

    public void MoveHome()
    {
        _isFollowing = false;
        _insertionPoint = Point.Empty;
        Viewport = Viewport with { Location = Point.Empty };
    }

    public void MoveEnd()
    {
        _isFollowing = ReadOnly;
        InsertionPoint = _lines.End;
        ShowEnd();
    }

    private protected override Size NeededSize(DimAutoStyle style, int columns)
    {
        var rows = Columns.Wrap(WithoutTabs, ReadOnly && WordWrap ? columns : int.MaxValue);
        return new Size(rows.Max(row => UnicodeWidth.Of(row)) + (ReadOnly ? 0 : 1), rows.Count);
    }

    private protected override void OnFrameChanged()
    {
        _wrapped = null;
        if (_isFollowing)
        {
            ShowEnd();
        }
        else if (ReadOnly)
        {
            Viewport = Viewport with { Y = Math.Min(Viewport.Y, LastFirstRow) };
        }
        else
        {
            Follow();
        }
    }

    private protected override Point? PositionCursor() => ReadOnly
        ? new Point(0, _isFollowing ? Math.Clamp(RowCount - 1 - Viewport.Y, 0, Math.Max(Viewport.Height - 1, 0)) : 0)
        : new Point(ColumnOf(_lines[CurrentRow], CurrentColumn) - Viewport.X, CurrentRow - Viewport.Y);

    protected override bool OnDrawingContent(DrawContext? context)
    {
        // Where typing is underlined a page of it would be ruled paper.
        var editable = GetAttributeForRole(VisualRole.Editable);
        SetAttribute(ReadOnly ? GetAttributeForRole(VisualRole.ReadOnly)
            : editable.Style.HasFlag(TextStyle.Underline) ? GetAttributeForRole(VisualRole.Normal)
            : editable);
        Fill(new Rectangle(Point.Empty, Viewport.Size));
        for (var row = 0; row < Viewport.Height && Viewport.Y + row < RowCount; row++)
        {
            Move(-Viewport.X, row);
            DrawLine(IsWrapped ? Wrapped[Viewport.Y + row] : _lines[Viewport.Y + row]);
        }

        return true;
    }

    private void DrawLine(string line)
    {
        var column = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (column >= Viewport.X + Viewport.Width)
            {
                break;
            }

            if (rune.Value == '\t')
            {
                AddText(new string(' ', WidthOf(rune, column)));
            }
            else
            {
                AddRune(rune);
            }

            column += WidthOf(rune, column);
        }
    }

    private static int WidthOf(Rune rune, int column) =>
        rune.Value == '\t' ? TabWidth - (column % TabWidth) : UnicodeWidth.Of(UnicodeWidth.Shown(rune));

    /// <summary>Where a character stands on the screen, were nothing scrolled.</summary>
    private static int ColumnOf(string line, int runes)
    {
        var column = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (runes-- <= 0)
            {
                break;
            }

            column += WidthOf(rune, column);
        }

        return column;
    }

    /// <summary>Scrolls as little as will show the cursor.</summary>
    private void Follow()
    {
        if (!ReadOnly)
        {
            var column = ColumnOf(_lines[CurrentRow], CurrentColumn);
            Viewport = Viewport with
            {
                Location = new Point(Scroll.ToShow(column, Viewport.X, Viewport.Width), Scroll.ToShow(CurrentRow, Viewport.Y, Viewport.Height)),
            };
        }
    }

    private void ShowEnd()
    {
        if (ReadOnly)
        {
            Viewport = Viewport with { Y = LastFirstRow };
        }
    }
}
