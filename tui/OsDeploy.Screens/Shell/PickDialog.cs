using System.Collections.ObjectModel;

namespace OsDeploy.Screens.Shell;

/// <summary>One line out of a list; typing jumps to it.</summary>
internal sealed class PickDialog : Dialog
{
    private const int MostRows = 14;
    private const int MostColumns = 70;

    public PickDialog(string title, IReadOnlyList<string> lines, int selected)
    {
        Title = title;
        Width = Math.Min(Math.Max(lines.Select(line => line.Length).DefaultIfEmpty().Max(), title.Length + 2) + 8, MostColumns);
        Height = Math.Min(lines.Count, MostRows) + 4;
        var list = new ListView { X = 1, Width = Dim.Fill(1), Height = Dim.Fill(1) };
        list.SetSource(new ObservableCollection<string>(lines));
        if (selected >= 0 && selected < lines.Count)
        {
            list.SelectedItem = selected;
        }

        list.Accepting += (_, e) =>
        {
            e.Handled = true;
            Picked = list.SelectedItem;
            RequestStop();
        };
        Add(list);
        AddButton(new Button { Text = Words.Common.Cancel });
    }

    /// <summary>Null: none.</summary>
    public int? Picked { get; private set; }
}
