using OsDeploy.Screens.Console;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>One screen of the console over a real daemon. What a person presses is queued first; <see cref="Run"/> plays it.</summary>
internal sealed class ScreenRun : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Application _app;
    private readonly ScreenFrame _frame;

    private ScreenRun(TestDaemon daemon, ApplianceSession session, ApplianceFeed feed)
    {
        Daemon = daemon;
        Terminal = new MemoryTerminal(TerminalProfile.Xterm) { Patience = s_patience };
        _app = new Application(TimeProvider.System).Init(Terminal);
        var dialogs = new Dialogs(_app, new StillClock());
        _frame = new ScreenFrame(dialogs, [new ScreenAction(Key.F10, Dialogue.LeaveKey, () => { })]);
        dialogs.Ground = _frame;
        At = new Workplace(dialogs, new ConsoleContext(session, feed), feed, _frame);
        feed.Changed += (_, _) => _app.Invoke(() => (_frame.Top as LiveScreen)?.Show(feed.Current));
    }

    public TestDaemon Daemon { get; }

    public MemoryTerminal Terminal { get; }

    public Workplace At { get; }

    public ConsoleContext Context => At.Context;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Logged in, and everything is read.</summary>
    /// <param name="prepare">What there is at the appliance.</param>
    /// <param name="clock">Of the appliance; null: it stands still.</param>
    public static async Task<ScreenRun> StartAsync(Func<TestDaemon, Task>? prepare = null, string name = TestDaemon.Anna, bool isBooting = false, TimeProvider? clock = null)
    {
        var daemon = await TestDaemon.StartAsync(clock ?? new StillClock(), isBooting);
        await (prepare?.Invoke(daemon) ?? Task.CompletedTask);
        var session = new ApplianceSession(daemon.Address, daemon.Key, new StillClock());
        await session.LoginAsync(name, TestDaemon.Password, Cancel);
        var feed = new ApplianceFeed(session, new StillClock());
        var complete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        feed.Changed += (_, _) =>
        {
            if (feed.Current.IsComplete)
            {
                complete.TrySetResult();
            }
        };
        feed.Start();
        await complete.Task.WaitAsync(s_patience, Cancel);
        return new ScreenRun(daemon, session, feed);
    }

    public void Press(params Key[] keys) => Terminal.Press(keys);

    public void Alt(char letter) => Terminal.Press(new Key(letter).WithAlt);

    public void Type(string text) => Terminal.Type(text);

    public void UntilShown(string text) => Terminal.UntilShown(text);

    public void UntilGone(string text) => Terminal.Until(() => !Terminal.Text.Contains(text, StringComparison.Ordinal));

    /// <summary>Looks at the screen between two keys.</summary>
    public void Look(Action<string> look) => Terminal.Then(() => look(Terminal.Text));

    public void Run(Func<Workplace, ScreenView> open)
    {
        Terminal.Then(() => _app.RequestStop(_frame));
        _frame.Go(open(At));
        _app.Run(_frame);
    }

    public async ValueTask DisposeAsync()
    {
        await At.Feed.DisposeAsync();
        At.Session.Dispose();
        _frame.Dispose();
        _app.Dispose();
        await Daemon.DisposeAsync();
    }
}
