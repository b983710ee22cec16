using System.Text;
using OsDeploy.Screens.Forms;
using OsDeploy.Text;

namespace OsDeploy.Screens.Shell;

/// <summary>What a screen says and asks over itself. Every call returns when the person has answered.</summary>
internal sealed class Dialogs(IApplication app, TimeProvider time)
{
    // Work that is over sooner needs no box that flashes up.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(300);

    private readonly List<IRunnable> _open = [];

    public IApplication App => app;

    public TimeProvider Time => time;

    /// <summary>What all of this stands over; when it ends, nobody answers any more.</summary>
    public Runnable? Ground { get; set; }

    public bool IsOver => Ground is { IsRunning: false };

    /// <summary>Something over the screen, until it is answered or <see cref="CloseAll"/>.</summary>
    public void Run(IRunnable over)
    {
        _open.Add(over);
        try
        {
            app.Run(over);
        }
        finally
        {
            _open.Remove(over);
        }
    }

    /// <summary>What is over the screen goes, as if the person had gone back from all of it: the screen itself must be seen now.</summary>
    public void CloseAll()
    {
        if (app.TopRunnable is { } top && top != Ground)
        {
            app.RequestStop(top);
        }

        _open.ForEach(app.RequestStop);
    }

    public void Tell(string title, string text) => MessageBox.Query(app, title, text, Words.Common.Ok);

    /// <summary>What cannot be done, and what to do about it. Nothing that was typed is lost by it.</summary>
    public void Tell(UserErrorException error) =>
        MessageBox.ErrorQuery(app, Words.Common.ErrorTitle, Printable.Of(error.Message) + "\n\n" + Printable.Of(error.Hint), Words.Common.Ok);

    /// <summary>The safe answer is the one that Enter gives.</summary>
    public bool Confirm(string title, string text, string yes)
    {
        var isSure = false;
        using var dialog = new Dialog { HotKeySpecifier = new Rune('\uFFFF'), Title = title, Text = text };
        var go = new Button { Text = yes };
        go.Accepting += (_, _) => isSure = true;
        var cancel = new Button { Text = Words.Common.Cancel };
        dialog.AddButton(go);
        dialog.AddButton(cancel);
        cancel.SetFocus();
        Run(dialog);
        return isSure;
    }

    /// <summary>Runs what a key asked for; what cannot be done is told.</summary>
    public void Try(Action act)
    {
        try
        {
            act();
        }
        catch (UserErrorException e)
        {
            Tell(e);
        }
        catch (OperationCanceledException)
        {
            // The person did not want to wait.
        }
    }

    /// <summary>Does work in the background; a box with a way out comes up if it takes long.</summary>
    /// <exception cref="OperationCanceledException">The person did not want to wait.</exception>
    /// <exception cref="UserErrorException">The work's own.</exception>
    /// <param name="step">What is done just now, shown in the box; null: the work does not say.</param>
    public T Wait<T>(string doing, Func<CancellationToken, Task<T>> work, Func<string>? step = null)
    {
        using var leave = new CancellationTokenSource();
        using var box = new WaitBox(doing, leave);
        var task = Task.Run(() => work(leave.Token), CancellationToken.None);
        _ = task.ContinueWith(_ => app.Invoke(box.RequestStop), TaskScheduler.Default);
        var shown = app.AddTimeout(s_patience, () =>
        {
            box.Visible = true;
            box.Show(step?.Invoke());
            return step is not null;
        });
        try
        {
            Run(box);
        }
        finally
        {
            app.RemoveTimeout(shown);
            if (!task.IsCompleted)
            {
                // The application ends: nobody waits for the answer.
                leave.Cancel();
            }
        }

        if (!task.IsCompleted)
        {
            throw new OperationCanceledException(leave.Token);
        }

        return task.GetAwaiter().GetResult();
    }

    public void Wait(string doing, Func<CancellationToken, Task> work, Func<string>? step = null) => Wait(
        doing,
        async cancel =>
        {
            await work(cancel);
            return true;
        },
        step);

    /// <returns>Id of the action that was done; null: the person went back, and nothing was done.</returns>
    public string? Ask(FormModel form)
    {
        using var dialog = new FormDialog(this, form);
        Run(dialog);
        return dialog.Done;
    }

    /// <returns>False: the person went back from the first page.</returns>
    public bool Ask(WizardModel wizard)
    {
        if (!Wait(wizard.Title, wizard.NextAsync))
        {
            return true;
        }

        while (true)
        {
            using var dialog = new FormDialog(this, wizard.Page.Form, wizard);
            Run(dialog);
            if (dialog.Done is null)
            {
                return false;
            }

            if (dialog.Done == FormDialog.WentBack)
            {
                wizard.Back();
            }
            else if (dialog.IsLast)
            {
                return true;
            }
        }
    }

    public void Show(IReadOnlyList<CommandLine> commands) =>
        Tell(Words.Common.CommandTitle, commands.Count == 0 ? Words.Dialogue.NoCommand : string.Join('\n', commands.Select(command => Printable.Of(command.ToString(), int.MaxValue))));
}
