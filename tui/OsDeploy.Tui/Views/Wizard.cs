using System.ComponentModel;
using System.Drawing;
using System.Globalization;
using OsDeploy.Tui.App;
using OsDeploy.Tui.ViewBase;

namespace OsDeploy.Tui.Views;

/// <summary>Pages, one question each. Its title says which of how many; the last button, once it says Finish, closes it with its number.</summary>
public class Wizard : Dialog
{
    private readonly List<WizardStep> _steps = [];
    private string _title = "";
    private WizardStep? _current;
    private bool _isNaming;

    public Wizard()
    {
        BackButton = new Button { Text = "_Back" };
        NextFinishButton = new Button { Text = "_Finish" };
        BackButton.Accepting += (_, e) => e.Handled = Leave(MovingBack, GoBack);
        // While there is a page to go to, the button does not close the wizard.
        NextFinishButton.Accepting += (_, e) => e.Handled = GetNextStep() is not null && Leave(MovingNext, GoNext);
        AddButton(BackButton);
        AddButton(NextFinishButton);
    }

    /// <summary>Before the page before this one is shown. Whoever cancels stays.</summary>
    public event EventHandler<CancelEventArgs>? MovingBack;

    /// <summary>Before the next page is shown. Whoever cancels stays: the page is not complete yet.</summary>
    public event EventHandler<CancelEventArgs>? MovingNext;

    public event EventHandler<ValueChangingEventArgs<WizardStep?>>? StepChanging;

    public event EventHandler<ValueChangedEventArgs<WizardStep?>>? StepChanged;

    public Button BackButton { get; }

    public Button NextFinishButton { get; }

    public WizardStep? CurrentStep
    {
        get => _current;
        set => GoToStep(value);
    }

    public void AddStep(WizardStep newStep)
    {
        newStep.Visible = false;
        newStep.Height = Dim.Fill(2);
        _steps.Add(newStep);
        Add(newStep);
        if (_current is null)
        {
            GoToStep(newStep);
        }

        Name();
    }

    public WizardStep? GetFirstStep() => _steps.Find(step => step.Enabled);

    public WizardStep? GetLastStep() => _steps.FindLast(step => step.Enabled);

    public WizardStep? GetNextStep() => _steps.SkipWhile(step => step != _current).Skip(1).FirstOrDefault(step => step.Enabled);

    public WizardStep? GetPreviousStep() => _steps.TakeWhile(step => step != _current).LastOrDefault(step => step.Enabled);

    public bool GoBack() => GetPreviousStep() is { } step && GoToStep(step);

    public bool GoNext() => GetNextStep() is { } step && GoToStep(step);

    /// <returns>False: somebody wants to stay.</returns>
    public bool GoToStep(WizardStep? newStep)
    {
        var old = _current;
        if (newStep == old)
        {
            return true;
        }

        var changing = new ValueChangingEventArgs<WizardStep?>(old, newStep);
        StepChanging?.Invoke(this, changing);
        if (changing.Handled)
        {
            return false;
        }

        _current = newStep;
        _steps.ForEach(step => step.Visible = step == newStep);
        Name();
        FocusOn(newStep);
        StepChanged?.Invoke(this, new ValueChangedEventArgs<WizardStep?>(old, newStep));
        return true;
    }

    protected override void OnTitleChanged()
    {
        if (!_isNaming)
        {
            _title = Title;
            Name();
        }
    }

    protected override void OnIsRunningChanged(bool newIsRunning)
    {
        base.OnIsRunningChanged(newIsRunning);
        if (newIsRunning)
        {
            Name();
        }
    }

    // As large as the largest page, so that it stays where it is.
    private protected override Size NeededContent(int columns) => new(
        _steps.Select(step => step.NeededColumns()).DefaultIfEmpty().Max(),
        _steps.Select(step => step.NeededRows(DimAutoStyle.Auto, columns)).DefaultIfEmpty().Max());

    private bool Leave(EventHandler<CancelEventArgs>? moving, Func<bool> go)
    {
        var args = new CancelEventArgs();
        moving?.Invoke(this, args);
        _ = !args.Cancel && go();
        return true;
    }

    // Enter on a page without fields must not go back.
    private void FocusOn(WizardStep? step) => _ = step?.SetFocus() is true || NextFinishButton.SetFocus();

    /// <summary>Pages may have been left out since.</summary>
    private void Name()
    {
        if (_current is not { } step)
        {
            return;
        }

        var pages = _steps.Where(page => page.Enabled || page == step).ToList();
        var place = string.Create(CultureInfo.InvariantCulture, $"{pages.IndexOf(step) + 1}/{pages.Count}");
        _isNaming = true;
        Title = string.Join(" - ", new[] { _title, $"{step.Title} ({place})" }.Where(part => part.Length > 0));
        _isNaming = false;
        BackButton.Text = step.BackButtonText.Length > 0 ? step.BackButtonText : "_Back";
        BackButton.Visible = GetPreviousStep() is not null;
        var next = GetNextStep() is null ? "_Finish" : "_Next";
        NextFinishButton.Text = step.NextButtonText.Length > 0 ? step.NextButtonText : next;
    }
}
