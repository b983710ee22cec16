using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Forms;

internal enum FormEnd
{
    /// <summary>An action was done.</summary>
    Done,

    /// <summary>Somebody went back over the first question.</summary>
    Back,

    /// <summary>There was nothing more to read.</summary>
    Left,
}

/// <param name="Action">The action that was done; null: none.</param>
internal readonly record struct FormResult(FormEnd End, FormAction? Action = null);

/// <summary>Asks a form line by line: what a dialog shows at once is read out one after the other.</summary>
internal sealed class PlainPrompt(PlainLines lines)
{
    private const string GoBack = "<";

    private readonly PlainQuestion _question = new(lines);

    public Task<FormResult> RunAsync(FormModel form, CancellationToken cancel) => RunAsync(form, form.Title, cancel);

    public async Task<FormResult> RunAsync(WizardModel wizard, CancellationToken cancel)
    {
        var isReady = await TryAsync(() => wizard.NextAsync(cancel));
        while (isReady)
        {
            var title = Language.Fill(Words.Common.Step, $"{wizard.Title}: {wizard.Page.Form.Title}", wizard.Step, wizard.Steps);
            var result = await RunAsync(wizard.Page.Form, title, cancel);
            if (result.End == FormEnd.Left || (result.End == FormEnd.Back && !wizard.Back()))
            {
                return result;
            }

            // A page that could not be prepared: the one before is asked again.
            if (result.End == FormEnd.Done && wizard.IsLast)
            {
                return result;
            }

            if (result.End == FormEnd.Done)
            {
                await TryAsync(() => wizard.NextAsync(cancel));
            }
        }

        return new FormResult(FormEnd.Back);
    }

    private async Task<FormResult> RunAsync(FormModel form, string title, CancellationToken cancel)
    {
        lines.Say("");
        lines.Say(title);
        if (form.Asked.Any(field => field.IsQuestion))
        {
            lines.Say(Words.Common.PlainHint);
        }

        while (true)
        {
            if (await AskAllAsync(form, cancel) is { } gone)
            {
                return new FormResult(gone);
            }

            var (end, action) = await ChooseAsync(form, cancel);
            if (end is { } left)
            {
                return new FormResult(left);
            }

            if (action is null || (Passes(form, action) && await TryAsync(() => RunAsync(action, cancel))))
            {
                return new FormResult(FormEnd.Done, action);
            }
        }
    }

    // Fields appear and go with the answers before them: which is next is looked up each time.
    private async Task<FormEnd?> AskAllAsync(FormModel form, CancellationToken cancel)
    {
        var at = 0;
        while (at < form.Fields.Count)
        {
            var field = form.Fields[at];
            var answer = field.IsAsked ? await _question.AskAsync(field, form, cancel) : PlainAnswer.Taken;
            if (answer == PlainAnswer.Left)
            {
                return FormEnd.Left;
            }

            at = answer == PlainAnswer.Back ? form.Fields.Take(at).ToList().FindLastIndex(other => other.IsAsked && other.IsQuestion) : at + 1;
            if (at < 0)
            {
                return FormEnd.Back;
            }
        }

        return null;
    }

    private async Task<(FormEnd? End, FormAction? Action)> ChooseAsync(FormModel form, CancellationToken cancel)
    {
        if (form.Actions is [] || (form.Actions is [{ IsDestructive: false }] && form.Asked.Any(field => field.IsQuestion)))
        {
            return (null, form.Actions is [var only] ? only : null);
        }

        var first = form.Actions[0];
        var choice = new ChoiceEntry("action", Words.Common.PlainAction, [.. form.Actions.Select(action => new Choice(action.Id, HotKey.Strip(action.Label)))], first.IsDestructive ? null : first.Id);
        return await _question.AskAsync(choice, form, cancel) switch
        {
            PlainAnswer.Left => (FormEnd.Left, null),
            PlainAnswer.Back => (FormEnd.Back, null),
            _ => (null, form.Actions.First(action => action.Id == choice.Value)),
        };
    }

    private bool Passes(FormModel form, FormAction action)
    {
        var fault = action.IsChecked ? form.Check() : null;
        if (fault is not null)
        {
            lines.Say("! " + (fault.Field is { } field ? $"{field.PlainLabel}: {fault.Text}" : fault.Text));
        }

        return fault is null;
    }

    private static async Task<bool> RunAsync(FormAction action, CancellationToken cancel)
    {
        await action.Run(cancel);
        return true;
    }

    /// <returns>False: it failed, and why was said.</returns>
    private async Task<bool> TryAsync(Func<Task<bool>> work)
    {
        try
        {
            return await work();
        }
        catch (UserErrorException e)
        {
            lines.Say(e);
            return false;
        }
    }

    internal static bool IsBack(string line) => line.Trim() == GoBack;
}
