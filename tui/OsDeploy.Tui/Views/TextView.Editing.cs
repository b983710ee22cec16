using System.Drawing;
using System.Text;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;

namespace OsDeploy.Tui.Views;

public partial class TextView
{
    // Nobody types a template that long; what is pasted may be anything.
    private const int Longest = 1024 * 1024;

    private const int Sideways = 8;
    private const int WheelRows = 3;

    /// <summary>At the cursor, as if it had been typed.</summary>
    public void InsertText(string toAdd)
    {
        if (_lines.Length + toAdd.Length > Longest)
        {
            return;
        }

        Change(_lines.Insert(_insertionPoint, toAdd));
    }

    internal override bool OnPaste(string text)
    {
        if (!ReadOnly)
        {
            InsertText(text);
        }

        return true;
    }

    protected override bool OnKeyDown(Key key)
    {
        if (ReadOnly)
        {
            return Scrolled(key);
        }

        if (key == Key.Enter || (TabKeyAddsTab && key == Key.Tab))
        {
            InsertText(key == Key.Enter ? "\n" : "\t");
            return true;
        }

        if (key.AsRune is not { Value: not 0 } typed || Rune.IsControl(typed))
        {
            return false;
        }

        InsertText(typed.ToString());
        return true;
    }

    protected override bool OnMouseEvent(Mouse mouse)
    {
        if (mouse.Flags.HasFlag(MouseFlags.WheeledUp) || mouse.Flags.HasFlag(MouseFlags.WheeledDown))
        {
            var rows = mouse.Flags.HasFlag(MouseFlags.WheeledUp) ? -WheelRows : WheelRows;
            return ReadOnly ? ScrollTo(Viewport.Y + rows) : GoTo(_insertionPoint with { Y = _insertionPoint.Y + rows }) is true;
        }

        if (!mouse.Flags.HasFlag(MouseFlags.LeftButtonPressed) || mouse.Position is not { } position)
        {
            return mouse.Flags.HasFlag(MouseFlags.LeftButtonClicked);
        }

        if (!ReadOnly)
        {
            var line = Math.Min(Viewport.Y + position.Y, _lines.Count - 1);
            GoTo(new Point(PlaceAt(_lines[line], Viewport.X + position.X), line));
        }

        return true;
    }

    private void BindKeys()
    {
        this.Bind(Command.Left, () => GoTo(_lines.Before(_insertionPoint)), Key.CursorLeft, new Key('b').WithCtrl);
        this.Bind(Command.Right, () => GoTo(_lines.After(_insertionPoint)), Key.CursorRight, new Key('f').WithCtrl);
        this.Bind(Command.Up, () => GoUp(1), Key.CursorUp);
        this.Bind(Command.Down, () => GoUp(-1), Key.CursorDown);
        this.Bind(Command.PageUp, () => GoUp(Page), Key.PageUp);
        this.Bind(Command.PageDown, () => GoUp(-Page), Key.PageDown);
        this.Bind(Command.LeftStart, () => GoTo(_insertionPoint with { X = 0 }), Key.Home, Key.A.WithCtrl);
        this.Bind(Command.RightEnd, () => GoTo(_insertionPoint with { X = int.MaxValue }), Key.End, Key.E.WithCtrl);
        this.Bind(Command.Start, () => GoTo(Point.Empty), Key.Home.WithCtrl);
        this.Bind(Command.End, () => GoTo(_lines.End), Key.End.WithCtrl);
        this.Bind(Command.WordLeft, () => GoTo(_lines.WordBefore(_insertionPoint)), Key.CursorLeft.WithCtrl);
        this.Bind(Command.WordRight, () => GoTo(_lines.WordAfter(_insertionPoint)), Key.CursorRight.WithCtrl);
        this.Bind(Command.DeleteCharLeft, () => Delete(_lines.Before(_insertionPoint), _insertionPoint), Key.Backspace);
        this.Bind(Command.DeleteCharRight, () => Delete(_insertionPoint, _lines.After(_insertionPoint)), Key.Delete, new Key('d').WithCtrl);
        this.Bind(Command.CutToEndOfLine, DeleteToEndOfLine, Key.K.WithCtrl);
        this.Bind(Command.CutToStartOfLine, () => Delete(_insertionPoint with { X = 0 }, _insertionPoint), Key.U.WithCtrl);
        this.Bind(Command.KillWordLeft, () => Delete(_lines.WordBefore(_insertionPoint), _insertionPoint), new Key('w').WithCtrl, Key.Backspace.WithCtrl);
    }

    private int Page => Math.Max(Viewport.Height - 1, 1);

    /// <summary>What the moving keys do to a text that is only read: there is no cursor to go first.</summary>
    private bool Scrolled(Key key) => key.KeyCode switch
    {
        KeyCode.CursorUp or KeyCode.K => ScrollTo(Viewport.Y - 1),
        KeyCode.CursorDown or KeyCode.J => ScrollTo(Viewport.Y + 1),
        KeyCode.PageUp => ScrollTo(Viewport.Y - Page),
        KeyCode.PageDown or KeyCode.Space => ScrollTo(Viewport.Y + Page),
        KeyCode.Home or KeyCode.Home | KeyCode.CtrlMask => ScrollTo(0),
        KeyCode.End or KeyCode.End | KeyCode.CtrlMask => ScrollTo(int.MaxValue),
        KeyCode.CursorLeft => ScrollAside(Viewport.X - Sideways),
        KeyCode.CursorRight => ScrollAside(Viewport.X + Sideways),
        _ => false,
    };

    private bool ScrollTo(int row)
    {
        Viewport = Viewport with { Y = Math.Clamp(row, 0, LastFirstRow) };
        _isFollowing = row >= LastFirstRow;
        return true;
    }

    private bool ScrollAside(int column)
    {
        var widest = 0;
        for (var row = Viewport.Y; row < Math.Min(Viewport.Y + Viewport.Height, RowCount) && !IsWrapped; row++)
        {
            widest = Math.Max(widest, ColumnOf(_lines[row], int.MaxValue));
        }

        Viewport = Viewport with { X = Math.Clamp(column, 0, Math.Max(widest - Viewport.Width, 0)) };
        return true;
    }

    private static int PlaceAt(string line, int column)
    {
        var (place, at) = (0, 0);
        foreach (var rune in line.EnumerateRunes())
        {
            at += WidthOf(rune, at);
            if (at > column)
            {
                break;
            }

            place++;
        }

        return place;
    }

    // At its ends too the key is done with: who holds it down does not want to leave.
    private bool? GoTo(Point place)
    {
        InsertionPoint = place;
        return true;
    }

    /// <summary>The column on the screen stays, as far as the line is that long.</summary>
    private bool? GoUp(int rows)
    {
        var line = Math.Clamp(_insertionPoint.Y - rows, 0, _lines.Count - 1);
        return GoTo(new Point(PlaceAt(_lines[line], ColumnOf(_lines[CurrentRow], CurrentColumn)), line));
    }

    private bool? DeleteToEndOfLine()
    {
        var end = _insertionPoint with { X = _lines.LengthOf(CurrentRow) };
        return Delete(_insertionPoint, end == _insertionPoint ? _lines.After(end) : end);
    }

    private bool? Delete(Point from, Point to)
    {
        if (!ReadOnly && from != to)
        {
            _lines.Remove(from, to);
            Change(from);
        }

        return true;
    }

    private void Change(Point place)
    {
        _wrapped = null;
        InsertionPoint = place;
        if (_isFollowing)
        {
            MoveEnd();
        }

        ContentsChanged?.Invoke(this, new ContentsChangedEventArgs(place.Y, place.X));
    }
}
