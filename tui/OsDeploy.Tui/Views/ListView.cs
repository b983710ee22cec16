using System.Collections.ObjectModel;
using System.Drawing;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>Lines of which one is selected; with marks, any number. Typing jumps to the next line that begins so.</summary>
public class ListView : View
{
    private readonly HashSet<int> _marked = [];
    private IReadOnlyList<string> _lines = [];

    public ListView()
    {
        CanFocus = true;
        this.BindMoves(MoveBy, MoveTo, () => Viewport.Height, () => _lines.Count);
        AddCommand(Command.SelectAll, () => MarkAll(true));
        KeyBindings.Add(Key.A.WithCtrl, Command.SelectAll);
    }

    public event EventHandler<ValueChangedEventArgs<int?>>? ValueChanged;

    /// <summary>Shows <c>[x]</c> before each line; Space marks it.</summary>
    public bool ShowMarks { get; set; }

    /// <summary>False: marking one line takes the mark from all others.</summary>
    public bool MarkMultiple { get; set; }

    /// <summary>Number of the selected line, from 0; null: there is none.</summary>
    public int? SelectedItem
    {
        get;
        set
        {
            if (value is { } line && (line < 0 || line >= _lines.Count))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "there is no such line");
            }

            if (field == value)
            {
                return;
            }

            var old = field;
            field = value;
            EnsureSelectedItemVisible();
            SetNeedsDraw();
            ValueChanged?.Invoke(this, new ValueChangedEventArgs<int?>(old, value));
        }
    }

    public int? Value
    {
        get => SelectedItem;
        set => SelectedItem = value;
    }

    /// <summary>Shows a copy of the texts. The first one is selected; marks go.</summary>
    public void SetSource<T>(ObservableCollection<T>? source)
    {
        SelectedItem = null;
        _marked.Clear();
        _lines = [.. (source ?? []).Select(item => item?.ToString() ?? "")];
        SelectedItem = _lines.Count > 0 ? 0 : null;
        SetNeedsLayout();
    }

    public IEnumerable<int> GetAllMarkedItems() => _marked.Order();

    public bool MarkAll(bool mark)
    {
        if (!MarkMultiple)
        {
            return false;
        }

        _marked.Clear();
        _marked.UnionWith(mark ? Enumerable.Range(0, _lines.Count) : []);
        SetNeedsDraw();
        return true;
    }

    public bool MarkUnmarkSelectedItem()
    {
        if (!ShowMarks || SelectedItem is not { } line)
        {
            return false;
        }

        var isMarked = _marked.Contains(line);
        if (!MarkMultiple)
        {
            _marked.Clear();
        }

        _ = isMarked ? _marked.Remove(line) : _marked.Add(line);
        SetNeedsDraw();
        return true;
    }

    public void EnsureSelectedItemVisible()
    {
        if (SelectedItem is { } line)
        {
            Viewport = Viewport with { Y = Scroll.ToShow(line, Viewport.Y, Viewport.Height) };
        }
    }

    private protected override Size NeededSize(DimAutoStyle style, int columns) =>
        new(_lines.Count == 0 ? 1 : _lines.Max(line => UnicodeWidth.Of(line)) + 1 + (ShowMarks ? 4 : 0), Math.Max(_lines.Count, 1));

    private protected override void OnFrameChanged() => EnsureSelectedItemVisible();

    protected override bool OnActivating(CommandEventArgs args) => MarkUnmarkSelectedItem();

    private protected override Point? PositionCursor() => new Point(0, (SelectedItem ?? Viewport.Y) - Viewport.Y);

    protected override bool OnDrawingContent(DrawContext? context)
    {
        for (var row = 0; row < Viewport.Height && Viewport.Y + row < _lines.Count; row++)
        {
            var line = Viewport.Y + row;
            var isSelected = line == SelectedItem;
            SetAttributeForRole(isSelected ? HasFocus ? VisualRole.Focus : VisualRole.Active : VisualRole.Normal);
            Move(0, row);
            AddText(isSelected ? ">" : " ");
            AddText(!ShowMarks ? "" : _marked.Contains(line) ? "[x] " : "[ ] ");
            AddText(Columns.Pad(_lines[line], Math.Max(Viewport.Width - 1 - (ShowMarks ? 4 : 0), 0)));
        }

        return true;
    }

    protected override bool OnKeyDownNotHandled(Key key)
    {
        var typed = key.AsRune;
        if (typed.Value <= ' ' || _lines.Count == 0)
        {
            return false;
        }

        for (var step = 1; step <= _lines.Count; step++)
        {
            var line = ((SelectedItem ?? -1) + step) % _lines.Count;
            if (_lines[line].StartsWith(typed.ToString(), StringComparison.CurrentCultureIgnoreCase))
            {
                SelectedItem = line;
                return true;
            }
        }

        return false;
    }

    protected override bool OnMouseEvent(Mouse mouse)
    {
        if (mouse.Flags.HasFlag(MouseFlags.WheeledUp) || mouse.Flags.HasFlag(MouseFlags.WheeledDown))
        {
            MoveBy(mouse.Flags.HasFlag(MouseFlags.WheeledUp) ? -1 : 1);
            return true;
        }

        if (mouse.Position is not { } position || position.Y < 0 || Viewport.Y + position.Y >= _lines.Count)
        {
            return false;
        }

        SelectedItem = Viewport.Y + position.Y;
        return !mouse.Flags.HasFlag(MouseFlags.LeftButtonDoubleClicked) || InvokeCommand(Command.Accept) is not null;
    }

    private bool MoveBy(int lines) => MoveTo(SelectedItem is { } selected ? selected + lines : 0);

    private bool MoveTo(int line)
    {
        if (_lines.Count > 0)
        {
            SelectedItem = Math.Clamp(line, 0, _lines.Count - 1);
        }

        return true;
    }
}
