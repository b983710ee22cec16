using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Shell.Fields;

internal sealed class CheckRow : FieldRow
{
    private readonly CheckBox _box;

    public CheckRow(CheckEntry entry, int labelColumns, int width)
        : base(entry, labelColumns, width)
    {
        _box = new CheckBox { Value = entry.Value ? CheckState.Checked : CheckState.UnChecked };
        _box.ValueChanged += (_, e) =>
        {
            entry.Value = e.NewValue == CheckState.Checked;
            Changed();
        };
    }

    protected override View Control => _box;
}
