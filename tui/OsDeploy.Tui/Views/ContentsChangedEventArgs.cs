namespace OsDeploy.Tui.Views;

public sealed class ContentsChangedEventArgs(int currentRow, int currentColumn) : EventArgs
{
    public int Row { get; } = currentRow;

    public int Col { get; } = currentColumn;
}
