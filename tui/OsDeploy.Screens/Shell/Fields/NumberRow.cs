using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Shell.Fields;

internal sealed class NumberRow : FieldRow
{
    private readonly TextField _text;

    public NumberRow(NumberEntry entry, int labelColumns, int width)
        : base(entry, labelColumns, width)
    {
        _text = new TextField { Text = entry.Text };
        _text.TextChanged += (_, _) =>
        {
            entry.Text = _text.Text;
            Changed();
        };
    }

    protected override View Control => _text;
}
