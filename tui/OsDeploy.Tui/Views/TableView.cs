using System.Drawing;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Text;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>Rows and columns of a source that may change at any time and be as long as it likes: only what is on the screen is read.</summary>
public class TableView : View
{
    public const int DefaultMaxCellWidth = 100;
    public const int DefaultMinAcceptableWidth = 100;

    private readonly ColumnLayout _layout = new();
    private ITableSource? _table;
    private TableSelection? _value;

    public TableView()
    {
        CanFocus = true;
        this.BindMoves(MoveBy, MoveTo, () => VisibleRows, () => Table?.Rows ?? 0);
    }

    public event EventHandler<ValueChangedEventArgs<TableSelection?>>? ValueChanged;

    public ITableSource? Table
    {
        get => _table;
        set
        {
            _table = value;
            _layout.Reset();
            Update();
        }
    }

    public TableStyle Style { get; set; } = new();

    public bool FullRowSelect { get; set; } = true;

    /// <summary>Null: the table is empty.</summary>
    public TableSelection? Value
    {
        get => _value;
        set
        {
            if (_value == value)
            {
                return;
            }

            var old = _value;
            _value = value;
            EnsureCursorIsVisible();
            SetNeedsDraw();
            ValueChanged?.Invoke(this, new ValueChangedEventArgs<TableSelection?>(old, value));
        }
    }

    private int VisibleRows => Math.Max(Viewport.Height - (Style.ShowHeaders ? 1 : 0), 0);

    /// <summary>The source has changed: a selection beyond its end moves to its last row.</summary>
    public void Update()
    {
        if (Table is not { Rows: > 0 } table)
        {
            Value = null;
        }
        else
        {
            var row = Math.Clamp(Value?.Cursor.Y ?? 0, 0, table.Rows - 1);
            Value = new TableSelection(new Point(0, row));
            Viewport = Viewport with { Y = Math.Clamp(Viewport.Y, 0, Math.Max(table.Rows - VisibleRows, 0)) };
        }

        SetNeedsDraw();
    }

    public void EnsureCursorIsVisible()
    {
        if (Value is { Cursor.Y: var row })
        {
            Viewport = Viewport with { Y = Scroll.ToShow(row, Viewport.Y, VisibleRows) };
        }
    }

    private protected override void OnFrameChanged() => EnsureCursorIsVisible();

    private protected override Point? PositionCursor() => new Point(0, (Style.ShowHeaders ? 1 : 0) + (Value?.Cursor.Y ?? Viewport.Y) - Viewport.Y);

    protected override bool OnDrawingContent(DrawContext? context)
    {
        if (Table is not { } table)
        {
            return true;
        }

        // One column for the sign of the selected row.
        var widths = _layout.Widths(table, Style, Viewport.Y, VisibleRows, Viewport.Width - 1);
        var line = 0;
        if (Style.ShowHeaders)
        {
            SetAttributeForRole(VisualRole.HotNormal);
            DrawRow(line++, " ", widths, column => table.ColumnNames[column]);
        }

        for (var row = Viewport.Y; row < table.Rows && line < Viewport.Height; row++)
        {
            var isSelected = row == Value?.Cursor.Y;
            SetAttributeForRole(isSelected ? HasFocus ? VisualRole.Focus : VisualRole.Active : VisualRole.Normal);
            DrawRow(line++, isSelected ? ">" : " ", widths, column => table[row, column].ToString() ?? "");
        }

        return true;
    }

    protected override bool OnMouseEvent(Mouse mouse)
    {
        if (mouse.Flags.HasFlag(MouseFlags.WheeledUp) || mouse.Flags.HasFlag(MouseFlags.WheeledDown))
        {
            return MoveBy(mouse.Flags.HasFlag(MouseFlags.WheeledUp) ? -3 : 3);
        }

        var row = Viewport.Y + (mouse.Position?.Y ?? -1) - (Style.ShowHeaders ? 1 : 0);
        if (row < Viewport.Y || row >= (Table?.Rows ?? 0))
        {
            return false;
        }

        Value = new TableSelection(new Point(0, row));
        return !mouse.Flags.HasFlag(MouseFlags.LeftButtonDoubleClicked) || InvokeCommand(Command.Accept) is not null;
    }

    private void DrawRow(int line, string sign, int[] widths, Func<int, string> text)
    {
        Move(0, line);
        AddText(sign);
        var isFirst = true;
        for (var column = 0; column < widths.Length; column++)
        {
            if (widths[column] == 0)
            {
                continue;
            }

            AddText(isFirst ? "" : " ");
            isFirst = false;
            var isRight = Style.ColumnStyles.GetValueOrDefault(column)?.Alignment == Alignment.End;
            AddText(isRight ? Columns.PadLeft(text(column), widths[column]) : Columns.Pad(text(column), widths[column]));
        }
    }

    private bool MoveBy(int rows) => MoveTo((Value?.Cursor.Y ?? 0) + rows);

    private bool MoveTo(int row)
    {
        if (Table is { Rows: > 0 } table)
        {
            Value = new TableSelection(new Point(0, Math.Clamp(row, 0, table.Rows - 1)));
        }

        return true;
    }
}
