using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Shell.Fields;

internal sealed class TextRow : FieldRow
{
    private const int LongRows = 6;

    private readonly TextEntry _entry;
    private readonly View _text;

    public TextRow(TextEntry entry, int labelColumns, int width)
        : base(entry, labelColumns, width)
    {
        _entry = entry;
        _text = new TextField { Text = entry.Value };
        _text.TextChanged += (_, _) =>
        {
            entry.Value = _text.Text;
            Changed();
        };
    }

    public override int Rows => _entry.IsLong ? LongRows : 1;

    protected override View Control => _text;
}
