using OsDeploy.Tui.Text;

namespace OsDeploy.Tui.Views;

/// <summary>How wide the columns of a table are. They only grow: a table that changes twice a second must not shift.</summary>
internal sealed class ColumnLayout
{
    private int[] _seen = [];

    public void Reset() => _seen = [];

    /// <param name="first">First row on the screen.</param>
    /// <returns>Width of each column; 0: hidden, or no room is left for it.</returns>
    public int[] Widths(ITableSource table, TableStyle style, int first, int rows, int room)
    {
        Look(table, first, rows);
        var widths = new int[table.Columns];
        for (var column = 0; column < widths.Length; column++)
        {
            var wish = style.ColumnStyles.GetValueOrDefault(column) ?? new ColumnStyle();
            widths[column] = wish.Visible ? Math.Clamp(_seen[column], wish.MinWidth, Math.Max(wish.MaxWidth, wish.MinWidth)) : 0;
        }

        Shrink(widths, style, room);
        Drop(widths, room);
        var last = Array.FindLastIndex(widths, width => width > 0);
        if (last >= 0 && style.ExpandLastColumn)
        {
            widths[last] += Math.Max(room - Total(widths), 0);
        }

        return widths;
    }

    private static int Total(int[] widths) => widths.Sum() + Math.Max(widths.Count(width => width > 0) - 1, 0);

    private void Look(ITableSource table, int first, int rows)
    {
        if (_seen.Length != table.Columns)
        {
            _seen = [.. table.ColumnNames.Select(name => UnicodeWidth.Of(name))];
        }

        for (var row = first; row < Math.Min(first + rows, table.Rows); row++)
        {
            for (var column = 0; column < _seen.Length; column++)
            {
                _seen[column] = Math.Max(_seen[column], UnicodeWidth.Of(table[row, column].ToString()));
            }
        }
    }

    // The widest that may gives way first.
    private static void Shrink(int[] widths, TableStyle style, int room)
    {
        while (Total(widths) > room)
        {
            var widest = -1;
            for (var column = 0; column < widths.Length; column++)
            {
                var least = (style.ColumnStyles.GetValueOrDefault(column) ?? new ColumnStyle()).MinAcceptableWidth;
                widest = widths[column] > least && (widest < 0 || widths[column] > widths[widest]) ? column : widest;
            }

            if (widest < 0)
            {
                return;
            }

            widths[widest]--;
        }
    }

    private static void Drop(int[] widths, int room)
    {
        for (var column = widths.Length - 1; column > 0 && Total(widths) > room; column--)
        {
            widths[column] = 0;
        }
    }
}
