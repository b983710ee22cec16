using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Shell.Fields;

internal sealed class SecretRow : FieldRow
{
    private readonly TextField _text;

    public SecretRow(SecretEntry entry, int labelColumns, int width)
        : base(entry, labelColumns, width)
    {
        _text = new TextField { Text = entry.Value, Secret = true };
        _text.TextChanged += (_, _) =>
        {
            entry.Value = _text.Text;
            Changed();
        };
    }

    protected override View Control => _text;
}
