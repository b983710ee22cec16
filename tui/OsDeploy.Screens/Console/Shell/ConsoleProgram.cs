using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Shell;

/// <summary>The appliance's console on one terminal, from the login to the end.</summary>
internal sealed class ConsoleProgram : IDisposable
{
    private readonly IApplication _app;
    private readonly ApplianceSession _session;
    private readonly ApplianceFeed _feed;
    private readonly Dialogs _dialogs;
    private readonly ScreenFrame _frame;
    private readonly Workplace _workplace;
    private readonly IReadOnlyList<ScreenEntry> _screens;
    private string? _lastName;
    private Language? _written;
    private TaskCompletionSource<bool>? _asking;
    private bool _isLeaving;

    /// <param name="session">If somebody is logged in already, that one is not asked.</param>
    public ConsoleProgram(IApplication app, ApplianceSession session, TimeProvider time)
    {
        (_app, _session, _lastName) = (app, session, session.Operator?.Name);
        _dialogs = new Dialogs(app, time);
        _feed = new ApplianceFeed(session, time);
        _frame = new ScreenFrame(_dialogs, [new ScreenAction(Key.F10, Dialogue.LeaveKey, AskToLeave)]);
        _dialogs.Ground = _frame;
        _workplace = new Workplace(_dialogs, new ConsoleContext(session, _feed), _feed, _frame);
        _screens = ScreenEntries.All(_workplace);
    }

    /// <summary>Writes a fault down for whoever mends it; the path of the file, null if there is none.</summary>
    public Func<Exception, string?> RecordFault { get; init; } = _ => null;

    /// <summary>Returns when the person leaves, or the terminal is gone.</summary>
    public void Run()
    {
        _session.AskLogin = AskLoginFromAfarAsync;
        _session.Changed += (_, _) => _app.Invoke(LoginIfNeeded);
        _feed.Changed += (_, _) => _app.Invoke(ShowNews);
        _app.Keyboard.KeyDown += (_, _) => _session.Touch();
        _feed.Start();
        Language.Changed += OnLanguage;
        Rewrite();
        _app.AddTimeout(TimeSpan.FromSeconds(10), () =>
        {
            ShowHeader();
            return true;
        });
        _app.Invoke(LoginIfNeeded);
        var guard = new FaultGuard(_dialogs, RecordFault);
        _app.Run(_frame, fault =>
        {
            _app.Invoke(LoginIfNeeded);
            return guard.Survives(fault);
        });
    }

    public void Dispose()
    {
        Language.Changed -= OnLanguage;
        _feed.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _frame.Dispose();
    }

    // Each thread has a language of its own, and all hear of every change.
    private void OnLanguage(object? sender, EventArgs e) => _app.Invoke(() =>
    {
        if (_written != Language.Current)
        {
            Rewrite();
        }
    });

    private void ShowNews()
    {
        ShowHeader();
        if (_frame.Top is LiveScreen live && _feed.Current.IsComplete)
        {
            live.Show(_feed.Current);
        }
    }

    private void ShowHeader()
    {
        var right = ConsoleHeader.Right(_feed.Current, _session.Operator, _feed.Now, _dialogs.Time.LocalTimeZone);
        _frame.SetHeader(" " + ConsoleHeader.Left(_feed.Current), right + " ");
    }

    private void LoginIfNeeded()
    {
        if (_session.Operator is null && _asking is null && !_isLeaving)
        {
            Login(_lastName is null ? null : Dialogue.LoginAgain);
        }

        ShowHeader();
    }

    /// <returns>False: the person would rather leave.</returns>
    private bool Login(string? reason)
    {
        var asking = _asking = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            // A new form each time: a password that was typed and left is not there for the next person.
            while (_dialogs.Ask(LoginForm.Of(_session, _feed.Current.Status?.Name ?? _session.Address, _lastName, reason)) is null && !_dialogs.IsOver)
            {
                if (_dialogs.Confirm(Dialogue.LeaveTitle, Dialogue.LeaveText, Dialogue.LeaveKey))
                {
                    _app.RequestStop(_frame);
                    return false;
                }
            }

            _lastName = _session.Operator?.Name ?? _lastName;
            return _session.Operator is not null;
        }
        finally
        {
            _asking = null;
            asking.TrySetResult(_session.Operator is not null);
        }
    }

    // A request of some screen found that the session has ended; it waits for the answer on its own thread. Several share one login.
    private async Task<bool> AskLoginFromAfarAsync(CancellationToken cancel)
    {
        var answer = new TaskCompletionSource<Task<bool>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _app.Invoke(() =>
        {
            // Even if a fault ends it: whoever waits must hear of it.
            try
            {
                answer.TrySetResult(_asking?.Task ?? Task.FromResult(_session.Operator is not null || (!_isLeaving && Login(Dialogue.LoginAgain))));
            }
            finally
            {
                answer.TrySetResult(Task.FromResult(false));
            }
        });
        return await (await answer.Task.WaitAsync(cancel)).WaitAsync(cancel);
    }

    private MenuBar MenuOf() => new(
        _screens.GroupBy(screen => screen.Group()).Select(group => new MenuBarItem(group.Key, group.Select(ItemOf))));

    private MenuItem ItemOf(ScreenEntry screen) => new(screen.Title(), "", () => _frame.Go(screen.Open()));

    // Everything on the screen is written anew, from the first screen on.
    private void Rewrite()
    {
        _written = Language.Current;
        _frame.Menu = MenuOf();
        _frame.Go(_screens[0].Open());
        ShowNews();
    }

    private void AskToLeave()
    {
        if (!_dialogs.Confirm(Dialogue.LeaveTitle, Dialogue.LeaveText, Dialogue.LeaveKey))
        {
            return;
        }

        // The end of this session is no reason to ask for another one.
        _isLeaving = true;
        try
        {
            _dialogs.Wait(Dialogue.LeaveTitle, _session.LogoutAsync);
        }
        finally
        {
            _app.RequestStop(_frame);
        }
    }
}
