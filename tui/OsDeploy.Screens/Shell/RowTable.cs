namespace OsDeploy.Screens.Shell;

/// <summary>Rows for a table view.</summary>
internal sealed class RowTable<T>(IReadOnlyList<Column<T>> columns) : ITableSource
{
    public IReadOnlyList<T> Items { get; set; } = [];

    public int Rows => Items.Count;

    public int Columns => columns.Count;

    public string[] ColumnNames { get; } = [.. columns.Select(column => column.Title)];

    public object this[int row, int col] => columns[col].Text(Items[row]);
}
