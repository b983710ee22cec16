namespace OsDeploy.Tui.Drivers;

/// <summary>Where the terminal's cursor is, and the fewest bytes to somewhere else.</summary>
internal sealed class CursorTrack
{
    // Past that many line feeds an absolute move is as short.
    private const int FewLines = 4;

    private readonly AnsiText _shorter = new();

    /// <summary>Negative: not known. Just after the last column was written it is not, whatever the terminal.</summary>
    public int Column { get; private set; } = -1;

    /// <summary>Negative: not known.</summary>
    public int Row { get; private set; } = -1;

    public void Lose() => (Column, Row) = (-1, -1);

    public void Stand(int column, int row) => (Column, Row) = (column, row);

    /// <summary>Something was written, and the cursor went with it.</summary>
    public void Advance(int width, int columns) => Column = Column < 0 || Column + width >= columns ? -1 : Column + width;

    public void MoveTo(int column, int row, AnsiText into)
    {
        if (Column == column && Row == row)
        {
            return;
        }

        _shorter.Clear();
        AddAbsolute(column, row, _shorter);
        var absolute = _shorter.Length;
        if (Row >= 0 && row >= Row && row - Row <= FewLines)
        {
            AddRelative(column, row);
        }

        var written = _shorter.Written.Span;
        var relative = written[absolute..];
        into.Add(relative.Length > 0 && relative.Length < absolute ? relative : written[..absolute]);
        Stand(column, row);
    }

    private static void AddAbsolute(int column, int row, AnsiText into)
    {
        if (column == 0)
        {
            into.AddControl(row + 1, 'H');
            return;
        }

        into.Add("\e["u8);
        if (row > 0)
        {
            into.Add(row + 1);
        }

        into.Add(";"u8);
        into.Add(column + 1);
        into.Add("H"u8);
    }

    // A line feed only after a carriage return: there are serial programs that make both of one. It never gets to scroll, since
    // there is a row to go to.
    private void AddRelative(int column, int row)
    {
        var from = Column;
        if (row > Row || from < 0 || (column < from && column + CostOfForward(column) < from))
        {
            _shorter.Add((byte)'\r', 1);
            _shorter.Add((byte)'\n', row - Row);
            from = 0;
        }

        if (column > from)
        {
            _shorter.AddControl(column - from, 'C');
        }
        else if (from - column <= FewLines)
        {
            _shorter.Add((byte)'\b', from - column);
        }
        else
        {
            _shorter.AddControl(from - column, 'D');
        }
    }

    private static int CostOfForward(int columns) => columns == 0 ? 0 : 4;
}
