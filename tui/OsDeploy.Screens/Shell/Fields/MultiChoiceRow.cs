using System.Collections.ObjectModel;
using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Shell.Fields;

/// <summary>A list with a mark before each line.</summary>
internal sealed class MultiChoiceRow : FieldRow
{
    private const int MostRows = 8;

    private readonly MultiChoiceEntry _entry;
    private readonly MarkList _list;

    public MultiChoiceRow(MultiChoiceEntry entry, int labelColumns, int width)
        : base(entry, labelColumns, width)
    {
        _entry = entry;
        _list = new MarkList(entry, () => Changed());
    }

    public override int Rows => Math.Clamp(_entry.Options.Count, 1, MostRows);

    protected override View Control => _list;

    private sealed class MarkList : ListView
    {
        private readonly MultiChoiceEntry _entry;
        private readonly IReadOnlyList<Choice> _options;
        private readonly Action _changed;

        public MarkList(MultiChoiceEntry entry, Action changed)
        {
            (_entry, _options, _changed) = (entry, entry.Options, changed);
            (ShowMarks, MarkMultiple) = (true, true);
            SetSource(new ObservableCollection<string>(_options.Select(option => option.Remark.Length == 0 ? option.Label : $"{option.Label}  {option.Remark}")));
            for (var line = 0; line < _options.Count; line++)
            {
                if (entry.Values.Contains(_options[line].Id))
                {
                    SelectedItem = line;
                    MarkUnmarkSelectedItem();
                }
            }

            SelectedItem = _options.Count > 0 ? 0 : null;
        }

        protected override bool OnActivating(CommandEventArgs args)
        {
            var isDone = base.OnActivating(args);
            _entry.Values.Clear();
            _entry.Values.UnionWith(GetAllMarkedItems().Select(line => _options[line].Id));
            _changed();
            return isDone;
        }
    }
}
