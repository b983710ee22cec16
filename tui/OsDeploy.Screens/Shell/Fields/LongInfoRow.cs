using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Shell.Fields;

/// <summary>Text that may be longer than the dialog: as many rows as it has, up to a few, scrolled with the arrow keys.</summary>
internal sealed class LongInfoRow : FieldRow
{
    private const int MostRows = 8;

    private readonly InfoEntry _entry;
    private readonly int _width;
    private readonly TextView _text = new() { ReadOnly = true, WordWrap = false };

    public LongInfoRow(InfoEntry entry, int labelColumns, int width)
        : base(entry, labelColumns, width)
    {
        (_entry, _width) = (entry, width);
        if (entry.IsWarning)
        {
            _text.SchemeName = "Error";
        }
    }

    public override int Rows => Math.Clamp(Lines().Count, 1, MostRows);

    protected override View Control => _text;

    public override void Place(int y)
    {
        base.Place(y);
        (_text.X, _text.Width) = (_entry.PlainLabel.Length > 0 ? ControlColumn : 0, Dim.Fill());
        var lines = string.Join('\n', Lines());
        if (_text.Text != lines)
        {
            _text.Text = lines;
        }

        // What is there as a whole needs no scrolling, and no stop on the way to the next field.
        _text.CanFocus = Lines().Count > MostRows;
    }

    private IReadOnlyList<string> Lines() => TextLines.Wrap(_entry.Text, (_entry.PlainLabel.Length > 0 ? ControlColumns : _width) - 1);
}
