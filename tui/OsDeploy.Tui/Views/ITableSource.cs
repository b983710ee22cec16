namespace OsDeploy.Tui.Views;

/// <summary>What a table shows. Asked for the rows on the screen only.</summary>
public interface ITableSource
{
    int Rows { get; }

    int Columns { get; }

    string[] ColumnNames { get; }

    object this[int row, int col] { get; }
}
