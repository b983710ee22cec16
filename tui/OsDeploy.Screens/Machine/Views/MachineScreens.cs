using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine.Views;

/// <summary>
/// The screens of a computer, in one frame. What the agent does decides which one is there: a job that an operator has started takes the place of
/// whatever somebody was typing.
/// </summary>
/// <param name="suspend">Gives the terminal to another program while it does what it is given.</param>
internal sealed class MachineScreens(IApplication app, MachineSession session, Action<Action> suspend, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(500);

    private readonly Dialogs _dialogs = new(app, time);
    private ScreenFrame? _frame;
    private MachineStage? _stage;
    private int _isShowing;

    public Dialogs Dialogs => _dialogs;

    public MachineSession Session => session;

    /// <summary>Writes a fault down for whoever mends it; the path of the file, null if there is none.</summary>
    public Func<Exception, string?> RecordFault { get; init; } = _ => null;

    private ScreenFrame Frame => _frame ?? throw new InvalidOperationException("It does not run.");

    /// <summary>Until whoever sits here leaves, the terminal is gone, or <see cref="Close"/>.</summary>
    public void Run()
    {
        _frame = new ScreenFrame(_dialogs, []);
        _dialogs.Ground = _frame;
        session.Changed += OnChanged;
        var tick = app.AddTimeout(s_tick, () =>
        {
            Show();
            return true;
        });
        try
        {
            Show();
            app.Run(_frame, new FaultGuard(_dialogs, RecordFault).Survives);
        }
        finally
        {
            session.Changed -= OnChanged;
            app.RemoveTimeout(tick);
        }
    }

    /// <summary>From any thread: the agent has ended.</summary>
    public void Close() => app.Invoke(() =>
    {
        _dialogs.CloseAll();
        app.RequestStop(_frame);
    });

    /// <summary>Once the screen is drawn.</summary>
    public void Later(Action act) => app.Invoke(() => _dialogs.Try(act));

    /// <summary>A form over the screen.</summary>
    /// <returns>It was done.</returns>
    public bool Ask(FormModel form)
    {
        var isDone = _dialogs.Ask(form) is not null;
        Show();
        return isDone;
    }

    /// <inheritdoc cref="Ask(FormModel)"/>
    public bool Ask(WizardModel wizard)
    {
        var isDone = _dialogs.Ask(wizard);
        Show();
        return isDone;
    }

    public T Wait<T>(string doing, Func<CancellationToken, Task<T>> work) => _dialogs.Wait(doing, work);

    public void Quit() => Ask(QuitFlow.Of(session));

    public void About() => Ask(Wait(Words.Machine.AboutTitle, cancel => AboutFlow.PrepareAsync(session, cancel)));

    public void Login() => Ask(LoginFlow.Login(session));

    public void Shell() => Ask(LoginFlow.Administrator(session, Words.Machine.MenuBash, _ =>
    {
        app.Invoke(() => _dialogs.Try(() => session.WhileAway(() => suspend(RootShell.Run))));
        return Task.CompletedTask;
    }));

    public void Dispose() => _frame?.Dispose();

    // Many changes, one turn of the screen.
    private void OnChanged(object? sender, EventArgs e)
    {
        if (Interlocked.Exchange(ref _isShowing, 1) == 0)
        {
            app.Invoke(Show);
        }
    }

    private void Show()
    {
        Interlocked.Exchange(ref _isShowing, 0);
        if (session.State.LastMoment is not null && app.TopRunnable is { } over && over != _frame)
        {
            // Nobody may miss the seconds in which disks can still be kept.
            _dialogs.CloseAll();
            return;
        }

        var stage = session.Stage;
        if (stage != _stage)
        {
            // A dialog that waits for an answer closes by itself, before the screen under it may change.
            if (_stage is not null && app.TopRunnable is { } top && top != _frame)
            {
                if (stage == MachineStage.Work && top is FormDialog)
                {
                    app.RequestStop(top);
                }

                if (stage == MachineStage.Work || top is not FormDialog)
                {
                    return;
                }
            }

            _stage = stage;
            Frame.Go(ViewOf(stage));
        }

        Frame.SetHeader(Header(), Who());
        ((MachineView)Frame.Top).Show();
        Frame.Refresh();
    }

    private MachineView ViewOf(MachineStage stage) => stage switch
    {
        MachineStage.Menu => new MenuView(this),
        MachineStage.Work => new WorkView(this),
        MachineStage.Register => new WelcomeView(this, () => Ask(Wait(Words.Machine.RegisterTitle, cancel => RegisterFlow.PrepareAsync(session, cancel)).Wizard)),
        MachineStage.Login => new WelcomeView(this, Login),
        _ => new WelcomeView(this, null),
    };

    private string Header()
    {
        var (state, options) = (session.State, session.Options);
        var host = string.Join(' ', new[] { Printable.Of(state.Facts?.Name), Printable.Of(state.Facts?.Configuration), state.Facts?.IsMaster == true ? Words.Machine.IsMaster : "" }.Where(part => part.Length > 0));
        return string.Join("  |  ", new[] { options.Program, host, Printable.Of(state.Facts?.Appliance) }.Where(part => part.Length > 0));
    }

    private string Who() => session switch
    {
        { Options.IsAuto: true } => "",
        { State.Operator: { } known } => Language.Fill(Words.Machine.LoggedIn, Printable.Of(known.Name)),
        _ => Words.Machine.NobodyIn,
    };
}
