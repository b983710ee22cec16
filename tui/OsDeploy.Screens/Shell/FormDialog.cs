using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Shell.Fields;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Shell;

/// <summary>A form as a dialog: labels at the left, fields at the right, what is wrong below them, the actions at the bottom.</summary>
internal sealed class FormDialog : Dialog
{
    /// <summary>Instead of an action: the page of the wizard before this is wanted.</summary>
    public const string WentBack = "<";

    private const int Columns = 76;
    private const int MostLabelColumns = 30;

    private readonly Dialogs _dialogs;
    private readonly FormModel _form;
    private readonly WizardModel? _wizard;
    private readonly List<FieldRow> _rows;
    private readonly View _body = new() { X = 1, Y = 0, Width = Dim.Fill(1), Height = Dim.Fill(3) };
    private readonly PlainText _fault = new() { Role = VisualRole.Highlight, X = 1, Y = Pos.AnchorEnd(3), Width = Dim.Fill(1), Height = 2 };
    private int _top;

    public FormDialog(Dialogs dialogs, FormModel form, WizardModel? wizard = null)
    {
        (_dialogs, _form, _wizard) = (dialogs, form, wizard);
        Title = wizard is null ? form.Title : Language.Fill(Common.Step, form.Title, wizard.Step, wizard.Steps);
        Width = Columns;
        var labels = form.Fields.Where(field => field.IsQuestion).Select(field => field.PlainLabel.Length).DefaultIfEmpty().Max();
        _rows = [.. form.Fields.Select(field => FieldRow.Of(field, Math.Min(labels, MostLabelColumns), Columns - 4, dialogs))];
        _rows.ForEach(row => row.AddTo(_body, Changed));
        _body.CanFocus = _rows.Exists(row => row.CanFocus);
        Add(_body, _fault);
        AddButtons();
        Reflow();
    }

    /// <summary>Id of the action that was done, or <see cref="WentBack"/>; null: none was.</summary>
    public string? Done { get; private set; }

    /// <summary>No page of the wizard follows.</summary>
    public bool IsLast { get; private set; }

    protected override bool OnKeyDown(Key key)
    {
        if (key == Key.F1)
        {
            _dialogs.Tell(_form.Title, HelpText());
            return true;
        }

        if (key == Key.F4 && _form.Equivalent is { } equivalent)
        {
            _dialogs.Show(equivalent());
            return true;
        }

        return base.OnKeyDown(key);
    }

    private string HelpText()
    {
        var field = _rows.Find(row => row.HasFocus)?.Field;
        return string.Join("\n\n", new[] { field is { Help.Length: > 0 } ? field.PlainLabel + ": " + field.Help : "", _form.Help, Dialogue.FormKeys }.Where(text => text.Length > 0));
    }

    private void AddButtons()
    {
        AddButton(Closing(new Button { Text = Common.Cancel }, null));
        if (_wizard is { IsFirst: false })
        {
            AddButton(Closing(new Button { Text = Common.Back }, WentBack));
        }

        foreach (var action in _form.Actions)
        {
            var button = new Button { Text = action.Label };
            button.Accepting += (_, e) =>
            {
                e.Handled = true;
                Do(action);
            };
            AddButton(button);
        }

        // Adding a button makes it the default one; what destroys something never is.
        var enter = _form.Actions is [{ IsDestructive: false }, ..] ? Buttons.Length - _form.Actions.Count : 0;
        for (var button = 0; button < Buttons.Length; button++)
        {
            Buttons[button].IsDefault = button == enter;
        }
    }

    private Button Closing(Button button, string? done)
    {
        button.Accepting += (_, e) =>
        {
            e.Handled = true;
            Done = done;
            RequestStop();
        };
        return button;
    }

    private void Do(FormAction action)
    {
        if (action.IsChecked && _form.Check() is { } fault)
        {
            _rows.Find(row => row.Field == fault.Field)?.SetFocus();
            Show(fault.Text);
            return;
        }

        var asked = _rows.Where(row => row.Field.IsAsked).ToHashSet();
        try
        {
            Show("");
            _dialogs.Wait(_form.Title, action.Run, action.Doing);
            IsLast = _wizard is null || !_dialogs.Wait(_form.Title, _wizard.NextAsync);
            Done = action.Id;
            RequestStop();
        }
        catch (UserErrorException e)
        {
            Reflow();
            Show(Printable.Of(e.Message) + "\n" + Printable.Of(e.Hint));
            _dialogs.Tell(e);

            // What was refused may have become a question.
            _rows.Find(row => row.Field is { IsAsked: true, IsQuestion: true } && !asked.Contains(row))?.SetFocus();
        }
        catch (OperationCanceledException)
        {
            // The person did not want to wait; the form stays.
        }
    }

    private void Show(string fault) => _fault.Text = fault.Length == 0 ? "" : string.Join('\n', TextLines.Wrap("! " + fault, Columns - 4));

    // An answer may change which questions are asked, and what there is to read.
    private void Changed()
    {
        Show("");
        Reflow();
    }

    private void Reflow()
    {
        var shown = _rows.Where(row => row.Field.IsAsked).ToList();
        var needed = shown.Sum(row => row.Rows);
        Height = Math.Min(needed + 6, 24);
        var room = Math.Min(needed, 18);
        var focus = shown.FindIndex(row => row.HasFocus);
        var before = shown.Take(Math.Max(focus, 0)).Sum(row => row.Rows);
        var after = focus < 0 ? 0 : before + shown[focus].Rows;
        _top = Math.Clamp(_top, Math.Max(after - room, 0), Math.Max(before, 0));
        var y = -_top;
        foreach (var row in _rows)
        {
            row.Place(y);
            y += row.Field.IsAsked ? row.Rows : 0;
        }
    }
}
