using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Shell.Fields;

/// <summary>A question of a form on the screen: its label, and what the answer is given with.</summary>
/// <param name="width">Columns from the beginning of the label to the end of the control.</param>
internal abstract class FieldRow(FormField question, int labelColumns, int width)
{
    private readonly Label _label = new() { Text = question.Label };

    public FormField Field => question;

    /// <summary>How many it takes on the screen now.</summary>
    public virtual int Rows => 1;

    public bool HasFocus => Control.HasFocus;

    public bool CanFocus => Control.CanFocus;

    protected abstract View Control { get; }

    protected int ControlColumn { get; } = labelColumns + 2;

    protected int ControlColumns => width - ControlColumn;

    public static FieldRow Of(FormField field, int labelColumns, int width, Dialogs dialogs) => field switch
    {
        TextEntry text => new TextRow(text, labelColumns, width),
        NumberEntry number => new NumberRow(number, labelColumns, width),
        SecretEntry secret => new SecretRow(secret, labelColumns, width),
        CheckEntry check => new CheckRow(check, labelColumns, width),
        ChoiceEntry choice => new ChoiceRow(choice, labelColumns, width, dialogs),
        MultiChoiceEntry several => new MultiChoiceRow(several, labelColumns, width),
        InfoEntry { IsLong: true } info => new LongInfoRow(info, labelColumns, width),
        InfoEntry info => new InfoRow(info, labelColumns, width),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "a kind of field that has no row"),
    };

    /// <param name="changed">Told of every change of the answer, and of where the focus is.</param>
    public void AddTo(View body, Action changed)
    {
        Changed = changed;
        body.Add(_label, Control);
        Control.HasFocusChanged += (_, _) => changed();
    }

    public void SetFocus() => Control.SetFocus();

    /// <param name="y">May lie outside what is visible: the focus brings it in.</param>
    public virtual void Place(int y)
    {
        _label.Visible = Control.Visible = Field.IsAsked;
        (_label.X, _label.Y, _label.Width, _label.Height) = (0, y, labelColumns, 1);
        (Control.X, Control.Y, Control.Width, Control.Height) = (ControlColumn, y, ControlColumns, Rows);
    }

    protected Action Changed { get; private set; } = () => { };
}
