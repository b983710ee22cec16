using System.Drawing;

namespace OsDeploy.Screens.Shell;

/// <summary>
/// A table of rows that are known by an id: what is selected stays so while the rows change. Before anybody has pressed a key it is the first.
/// </summary>
internal sealed class RowList<T> : TableView
{
    private readonly Func<T, string> _idOf;
    private readonly RowTable<T> _table;
    private bool _isTouched;

    public RowList(IReadOnlyList<Column<T>> columns, Func<T, string> idOf)
    {
        (_idOf, _table) = (idOf, new RowTable<T>(columns));
        (Width, Height) = (Dim.Fill(), Dim.Fill());
        for (var at = 0; at < columns.Count; at++)
        {
            var style = Style.GetOrCreateColumnStyle(at);
            (style.MaxWidth, style.MinAcceptableWidth) = (columns[at].Most, columns[at].Least);
            style.Alignment = columns[at].IsRight ? Alignment.End : Alignment.Start;
        }

        Table = _table;
        KeyDown += (_, _) => _isTouched = true;
        MouseEvent += (_, _) => _isTouched = true;
    }

    public IReadOnlyList<T> Items => _table.Items;

    /// <summary>Default if the list is empty.</summary>
    public T? Selected => Value is { Cursor.Y: var row } && row < Items.Count ? Items[row] : default;

    public void Show(IReadOnlyList<T> items)
    {
        var selected = _isTouched && Selected is { } before ? _idOf(before) : null;
        _table.Items = items;
        Update();
        if (selected is not null)
        {
            Select(selected);
        }
    }

    /// <summary>Leaves the selection where it is if there is no such row.</summary>
    public void Select(string id)
    {
        for (var row = 0; row < Items.Count; row++)
        {
            if (_idOf(Items[row]) == id)
            {
                Value = new TableSelection(new Point(0, row));
                return;
            }
        }
    }
}
