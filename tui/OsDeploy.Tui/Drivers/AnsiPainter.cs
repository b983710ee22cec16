using System.Drawing;
using System.Text;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Text;
using Attribute = OsDeploy.Tui.Drawing.Attribute;

namespace OsDeploy.Tui.Drivers;

/// <summary>Turns a frame into the bytes that make a terminal show it, given what it shows already.</summary>
internal sealed class AnsiPainter(TerminalProfile profile)
{
    // What clearing to the end of a row costs.
    private const int CostOfErase = 3;

    // Cells that have not changed are sent again rather than jumped over, if that is not longer.
    private const int CheapGap = 4;

    private static readonly Rune s_unknown = new('?');

    private readonly GlyphMap _glyphs = GlyphMap.For(profile);
    private readonly SgrState _look = new(profile);
    private readonly CursorTrack _at = new();
    private readonly AnsiText _bytes = new();

    private Cell[] _shown = [];
    private Cell[] _row = [];
    private int _rows;
    private bool _isKnown;
    private bool _isCursorShown;

    private int Columns => _row.Length;

    /// <summary>What the terminal shows; also what it made of it, where it lacks a character or a colour.</summary>
    public ReadOnlySpan<Cell> Shown(int row) => _shown.AsSpan(row * Columns, Columns);

    public void Forget() => _isKnown = false;

    /// <returns>Valid until the next call.</returns>
    public ReadOnlyMemory<byte> Paint(FrameBuffer frame)
    {
        _bytes.Clear();
        if (!_isKnown || frame.Columns != Columns || frame.Rows != _rows)
        {
            Start(frame);
        }

        for (var row = 0; row < _rows; row++)
        {
            Render(frame.Row(row));
            var shown = _shown.AsSpan(row * Columns, Columns);
            if (!shown.SequenceEqual(_row))
            {
                HideCursor();
                PaintRow(row, shown);
                _row.CopyTo(shown);
            }
        }

        PlaceCursor(frame.Cursor);
        return _bytes.Written;
    }

    private void Start(FrameBuffer frame)
    {
        (_row, _rows) = (new Cell[frame.Columns], frame.Rows);
        _shown = new Cell[frame.Columns * frame.Rows];
        _shown.AsSpan().Fill(Cell.Blank);
        _at.Lose();
        _look.Lose();
        _look.Set(default, _bytes);
        _bytes.Add("\e[?25l\e[H\e[2J"u8);
        _at.Stand(0, 0);
        (_isKnown, _isCursorShown) = (true, false);
    }

    /// <summary>A row of the frame as this terminal will show it, into <see cref="_row"/>.</summary>
    private void Render(ReadOnlySpan<Cell> cells)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            var (rune, attribute) = (cells[column].Rune, _look.Shown(cells[column].Attribute));
            var glyph = _glyphs[rune];
            if (UnicodeWidth.Of(rune) == 1)
            {
                _row[column] = rune.Value == ' ' ? Space(attribute) : new Cell(glyph, attribute);
                continue;
            }

            _row[column] = new Cell(glyph, attribute);
            _row[++column] = new Cell(glyph == rune ? default : glyph, attribute);
        }
    }

    // Nobody sees the colour of a letter that is not there.
    private static Cell Space(Attribute look) => new(
        new Rune(' '),
        (look.Style & (TextStyle.Reverse | TextStyle.Underline)) == 0 ? new Attribute(default, look.Background) : look);

    private void PaintRow(int row, ReadOnlySpan<Cell> shown)
    {
        var end = Columns;
        while (_row[end - 1] == shown[end - 1])
        {
            end--;
        }

        var blank = Columns;
        while (blank > 0 && _row[blank - 1] == Cell.Blank)
        {
            blank--;
        }

        for (var column = 0; column < end; column++)
        {
            if (_row[column] == shown[column])
            {
                continue;
            }

            MoveTo(column, row);
            if (column >= blank && end - column > CostOfErase)
            {
                _look.Set(default, _bytes);
                _bytes.Add("\e[K"u8);
                return;
            }

            column += Write(column) - 1;
        }
    }

    private void MoveTo(int column, int row)
    {
        if (_at.Row == row && _at.Column >= 0 && _at.Column < column && column - _at.Column <= CheapGap && CanRepeat(_at.Column, column))
        {
            for (var gap = _at.Column; gap < column; gap++)
            {
                _ = Write(gap);
            }
        }

        _at.MoveTo(column, row, _bytes);
    }

    private bool CanRepeat(int from, int to)
    {
        foreach (var cell in _row.AsSpan(from..to))
        {
            if (LookOf(cell) != _look.Current || cell.Rune.Value is < ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private Attribute LookOf(Cell cell) => cell.Rune.Value == ' ' ? _look.OfBlank(cell.Attribute) : cell.Attribute;

    /// <returns>The columns it took.</returns>
    private int Write(int column)
    {
        var rune = _row[column].Rune;
        var width = UnicodeWidth.Of(rune);
        _look.Set(LookOf(_row[column]), _bytes);
        _bytes.Add(rune.Value == 0 ? s_unknown : rune);
        if (UnicodeWidth.IsAgreed(rune))
        {
            _at.Advance(width, Columns);
        }
        else
        {
            _at.Lose();
        }

        return width;
    }

    private void HideCursor()
    {
        if (_isCursorShown)
        {
            _bytes.Add("\e[?25l"u8);
            _isCursorShown = false;
        }
    }

    private void PlaceCursor(Point? cursor)
    {
        if (cursor is not { } place || place.X < 0 || place.X >= Columns || place.Y < 0 || place.Y >= _rows)
        {
            HideCursor();
            return;
        }

        _at.MoveTo(place.X, place.Y, _bytes);
        if (!_isCursorShown)
        {
            _bytes.Add("\e[?25h"u8);
            _isCursorShown = true;
        }
    }
}
