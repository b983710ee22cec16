using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Shell;

/// <summary>A live list with a filter that is typed above it. Enter opens a row, Space marks it, Esc empties the filter.</summary>
internal abstract class ListScreen<T> : LiveScreen
{
    private readonly TextField _filter = new() { Width = 30, Height = 1, TabStop = TabBehavior.NoStop };
    private readonly PlainText _summary = new() { X = Pos.AnchorEnd(44), Width = 44, Height = 1 };

    /// <param name="above">Rows that stay free for something else.</param>
    protected ListScreen(Workplace workplace, IReadOnlyList<Column<T>> columns, Func<T, string> idOf, int above = 0)
        : base(workplace)
    {
        var label = new PlainText { Text = Dialogue.Filter, Y = above, Width = Dialogue.Filter.Length, Height = 1 };
        (_filter.X, _filter.Y, _summary.Y) = (Dialogue.Filter.Length + 1, above, above);
        List = new RowList<T>(columns, idOf) { Y = above + 1 };
        Add(label, _filter, _summary, List);
        _filter.TextChanged += (_, _) => Show(Workplace.Now);
        _filter.KeyDown += LeaveFilter;
        List.KeyDown += OnListKey;
        List.Accepting += (_, e) =>
        {
            e.Handled = true;
            if (List.Selected is { } row)
            {
                Dialogs.Try(() => Open(row));
            }
        };
    }

    protected RowList<T> List { get; }

    protected string Filter => _filter.Text;

    /// <summary>Those that pass the filter, in their order.</summary>
    protected abstract IReadOnlyList<T> RowsOf(Snapshot now);

    /// <summary>What stands at the right of the filter; printable.</summary>
    protected virtual string SummaryOf(Snapshot now) => "";

    protected virtual void Open(T row)
    {
    }

    /// <summary>Space.</summary>
    protected virtual void Mark(T row)
    {
    }

    public override void Show(Snapshot now)
    {
        List.Show(RowsOf(now));
        _summary.Text = SummaryOf(now).PadLeft(44);
    }

    public override void Enter()
    {
        base.Enter();
        List.SetFocus();
    }

    public override bool Back()
    {
        if (Filter.Length == 0)
        {
            return false;
        }

        _filter.Text = "";
        List.SetFocus();
        return true;
    }

    /// <summary>Opens the list with a filter that somebody else has chosen.</summary>
    public void FilterBy(string text) => _filter.Text = text;

    private void OnListKey(object? sender, Key key)
    {
        if (key == '/')
        {
            key.Handled = _filter.SetFocus();
        }
        else if (key == Key.Space && List.Selected is { } row)
        {
            key.Handled = true;
            Mark(row);
            Show(Workplace.Now);
        }
    }

    private void LeaveFilter(object? sender, Key key)
    {
        if (key == Key.Enter || key == Key.CursorDown || key == Key.Tab)
        {
            key.Handled = List.SetFocus();
        }
    }
}
