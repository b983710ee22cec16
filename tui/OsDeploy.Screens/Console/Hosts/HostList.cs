using OsDeploy.Screens.Session;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>
/// The table of hosts: what is shown of it, in which order, and who is chosen. The same host is the same line however often it changes,
/// so a selection survives everything but the host's end.
/// </summary>
internal sealed class HostList
{
    private readonly HashSet<string> _selected = [];
    private List<HostRow> _all = [];
    private HostFilter _filter = HostFilter.All;
    private string _search = "";

    /// <summary>What is shown.</summary>
    public IReadOnlyList<HostRow> Rows { get; private set; } = [];

    /// <summary>Shown or not.</summary>
    public IReadOnlyList<HostRow> All => _all;

    public int Count => _all.Count;

    public HostFilter Filter
    {
        get => _filter;
        set
        {
            _filter = value;
            Show();
        }
    }

    /// <summary>As somebody types it: every word must stand somewhere on a line.</summary>
    public string Search
    {
        get => _search;
        set
        {
            _search = value;
            Show();
        }
    }

    public HostColumn SortedBy { get; private set; }

    public bool IsDescending { get; private set; }

    public int SelectedCount => _selected.Count;

    /// <summary>Chosen hosts by name; none chosen: nobody.</summary>
    public IReadOnlyList<HostRow> Selected => [.. _all.Where(row => _selected.Contains(row.Id))];

    public void Update(Snapshot snapshot, DateTimeOffset now)
    {
        var masters = snapshot.Configurations.Select(view => view.Configuration.Master).OfType<string>().ToHashSet();
        _all = [.. snapshot.Hosts.Values.Select(view => HostRow.Of(view, snapshot, now, masters))];
        _selected.RemoveWhere(id => !snapshot.Hosts.ContainsKey(id));
        Show();
    }

    /// <summary>By this column; by the same one again, the other way round.</summary>
    public void Sort(HostColumn column)
    {
        IsDescending = SortedBy == column && !IsDescending;
        SortedBy = column;
        Show();
    }

    public bool IsSelected(string id) => _selected.Contains(id);

    public void Toggle(string id)
    {
        if (!_selected.Remove(id))
        {
            _selected.Add(id);
        }
    }

    /// <summary>Everything that is shown; if it is chosen already, none of it.</summary>
    public void ToggleShown()
    {
        var shown = Rows.Select(row => row.Id).ToList();
        if (shown.TrueForAll(_selected.Contains))
        {
            _selected.ExceptWith(shown);
        }
        else
        {
            _selected.UnionWith(shown);
        }
    }

    public void SelectNone() => _selected.Clear();

    /// <summary>Whom an action is about: who is chosen, else the line the cursor is on.</summary>
    /// <param name="cursor">Id of the host of that line; null: there is none.</param>
    public IReadOnlyList<HostRow> Meant(string? cursor) => _selected.Count > 0 ? Selected : [.. _all.Where(row => row.Id == cursor)];

    /// <returns>Where a host stands in <see cref="Rows"/>; -1: it is not shown.</returns>
    public int IndexOf(string? id)
    {
        for (var i = 0; i < Rows.Count; i++)
        {
            if (Rows[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    private void Show()
    {
        var words = _search.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var shown = _all.FindAll(row => _filter.Fits(row) && Array.TrueForAll(words, row.Has));
        shown.Sort(Compare);
        Rows = shown;
    }

    // Names last: they are all different, so that lines do not jump between two looks.
    private int Compare(HostRow one, HostRow other)
    {
        var order = SortedBy switch
        {
            HostColumn.Room => CompareText(one.Room, other.Room),
            HostColumn.Configuration => CompareText(one.Configuration, other.Configuration),
            HostColumn.State => one.Condition.CompareTo(other.Condition),
            HostColumn.Progress => Nullable.Compare(one.Fraction, other.Fraction),
            HostColumn.Rate => Nullable.Compare(one.Progress?.BytesPerSecond, other.Progress?.BytesPerSecond),
            HostColumn.Left => Nullable.Compare(one.Left, other.Left),
            HostColumn.LastSeen => Nullable.Compare(one.LastSeen, other.LastSeen),
            _ => 0,
        };
        order = order == 0 ? CompareText(one.Name, other.Name) : order;
        return IsDescending ? -order : order;
    }

    private static int CompareText(string one, string other) => string.Compare(one, other, StringComparison.OrdinalIgnoreCase);
}
