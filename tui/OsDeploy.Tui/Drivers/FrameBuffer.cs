using System.Drawing;
using System.Text;
using OsDeploy.Tui.Text;
using Attribute = OsDeploy.Tui.Drawing.Attribute;

namespace OsDeploy.Tui.Drivers;

/// <summary>One screen of cells. Nothing that could move a cursor gets into it, whoever wrote the text.</summary>
internal sealed class FrameBuffer
{
    private Cell[] _cells = [];

    public FrameBuffer(int columns, int rows) => Resize(columns, rows);

    public int Columns { get; private set; }

    public int Rows { get; private set; }

    /// <summary>Where the focus is; null: the cursor is hidden.</summary>
    public Point? Cursor { get; set; }

    public ReadOnlySpan<Cell> Row(int row) => _cells.AsSpan(row * Columns, Columns);

    public Cell this[int column, int row] => _cells[(row * Columns) + column];

    /// <summary>Also empties it.</summary>
    public void Resize(int columns, int rows)
    {
        (Columns, Rows) = (Math.Max(columns, 1), Math.Max(rows, 1));
        _cells = new Cell[Columns * Rows];
        Clear(default);
    }

    public void Clear(Attribute attribute) => _cells.AsSpan().Fill(Cell.Blank with { Attribute = attribute });

    public FrameBuffer Copy()
    {
        var copy = new FrameBuffer(Columns, Rows);
        CopyTo(copy);
        return copy;
    }

    public void CopyTo(FrameBuffer other)
    {
        if ((other.Columns, other.Rows) != (Columns, Rows))
        {
            other.Resize(Columns, Rows);
        }

        _cells.CopyTo(other._cells, 0);
        other.Cursor = Cursor;
    }

    /// <summary>Writes as much of a text as lies inside <paramref name="clip"/>.</summary>
    /// <returns>The column after the text.</returns>
    public int Put(int column, int row, ReadOnlySpan<char> text, Attribute attribute, Rectangle clip)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            column += Put(column, row, rune, attribute, clip);
        }

        return column;
    }

    /// <returns>How many columns it takes.</returns>
    public int Put(int column, int row, Rune rune, Attribute attribute, Rectangle clip)
    {
        var shown = UnicodeWidth.Shown(rune);
        var width = UnicodeWidth.Of(shown);
        if (row < clip.Top || row >= clip.Bottom || row < 0 || row >= Rows)
        {
            return width;
        }

        var (left, right) = (Math.Max(clip.Left, 0), Math.Min(clip.Right, Columns));
        if (column >= left && column + width <= right)
        {
            Set(column, row, shown, width, attribute);
            return width;
        }

        // Half of a wide character cannot be shown.
        for (var at = Math.Max(column, left); at < Math.Min(column + width, right); at++)
        {
            Set(at, row, Cell.Blank.Rune, 1, attribute);
        }

        return width;
    }

    /// <summary>A half that loses its other half becomes a blank.</summary>
    private void Set(int column, int row, Rune rune, int width, Attribute attribute)
    {
        var cells = _cells.AsSpan(row * Columns, Columns);
        if (IsSecondHalf(cells, column))
        {
            cells[column - 1] = Cell.Blank with { Attribute = cells[column - 1].Attribute };
        }

        if (IsSecondHalf(cells, column + width))
        {
            cells[column + width] = Cell.Blank with { Attribute = cells[column + width].Attribute };
        }

        cells[column] = new Cell(rune, attribute);
        if (width == 2)
        {
            cells[column + 1] = new Cell(default, attribute);
        }
    }

    private static bool IsSecondHalf(ReadOnlySpan<Cell> cells, int column) =>
        column > 0 && column < cells.Length && cells[column].Rune.Value == 0;
}
