using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Shell.Fields;

/// <summary>Text over the whole width.</summary>
internal sealed class InfoRow : FieldRow
{
    private readonly InfoEntry _entry;
    private readonly int _width;
    private readonly PlainText _text = new();

    public InfoRow(InfoEntry entry, int labelColumns, int width)
        : base(entry, labelColumns, width)
    {
        (_entry, _width) = (entry, width);
        if (entry.IsWarning)
        {
            _text.SchemeName = "Error";
        }
    }

    public override int Rows => Lines().Count;

    protected override View Control => _text;

    public override void Place(int y)
    {
        base.Place(y);
        var lines = Lines();
        (_text.X, _text.Width, _text.Height) = (_entry.PlainLabel.Length > 0 ? ControlColumn : 0, Dim.Fill(), lines.Count);
        _text.Text = string.Join('\n', lines);
    }

    private IReadOnlyList<string> Lines() =>
        TextLines.Wrap((_entry.IsWarning ? "! " : "") + _entry.Text, _entry.PlainLabel.Length > 0 ? ControlColumns : _width);
}
