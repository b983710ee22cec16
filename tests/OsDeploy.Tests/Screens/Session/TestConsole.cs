using OsDeploy.Screens.Console;
using OsDeploy.Screens.Session;
using OsDeploy.Tests.Daemons;
using Xunit;

namespace OsDeploy.Tests.Screens.Session;

/// <summary>Anna's console at a whole appliance.</summary>
internal sealed class TestConsole : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private TestConsole(TestDaemon daemon, ApplianceSession session) => (Daemon, Session, Feed) = (daemon, session, new ApplianceFeed(session, TimeProvider.System));

    public TestDaemon Daemon { get; }

    public ApplianceSession Session { get; }

    public ApplianceFeed Feed { get; }

    public ConsoleContext Context => new(Session, Feed);

    public Snapshot Now => Feed.Current;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Logged in, and everything is read.</summary>
    public static async Task<TestConsole> OpenAsync(TestDaemon daemon)
    {
        var session = new ApplianceSession(daemon.Socket, key: null, TimeProvider.System);
        await session.LoginAsync(TestDaemon.Anna, TestDaemon.Password, Cancel);
        var console = new TestConsole(daemon, session);
        console.Feed.Start();
        await console.UntilAsync(now => now.IsComplete);
        return console;
    }

    /// <summary>Waits until the screen would show it.</summary>
    public async Task<Snapshot> UntilAsync(Func<Snapshot, bool> isSo)
    {
        var seen = new TaskCompletionSource<Snapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, EventArgs e)
        {
            if (isSo(Feed.Current))
            {
                seen.TrySetResult(Feed.Current);
            }
        }

        Feed.Changed += Look;
        Look(null, EventArgs.Empty);
        try
        {
            return await seen.Task.WaitAsync(s_patience, Cancel);
        }
        finally
        {
            Feed.Changed -= Look;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Feed.DisposeAsync();
        Session.Dispose();
    }
}
