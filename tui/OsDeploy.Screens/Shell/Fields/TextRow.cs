using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Shell.Fields;

internal sealed class TextRow : FieldRow
{
    private readonly TextEntry _entry;

    public TextRow(TextEntry entry, int labelColumns, int width)
        : base(entry, labelColumns, width)
    {
        _entry = entry;
        Control = entry.IsLong ? Long() : Short();
    }

    public override int Rows => _entry.IsLong ? _entry.Rows : 1;

    protected override View Control { get; }

    private TextField Short()
    {
        var text = new TextField { Text = _entry.Value };
        text.TextChanged += (_, _) => Take(text.Text);
        return text;
    }

    private TextView Long()
    {
        var text = new TextView { Text = _entry.Value };
        text.ContentsChanged += (_, _) => Take(text.Text);
        return text;
    }

    private void Take(string text)
    {
        _entry.Value = text;
        Changed();
    }
}
