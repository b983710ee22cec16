using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Words;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>A person at the console of a real daemon: what she presses is written down first, then the console runs on this thread.</summary>
internal sealed class ConsoleRun : IAsyncDisposable
{
    private const string DefaultButton = "[<";

    private readonly Language _language;

    private ConsoleRun(TestDaemon daemon, Language language, MemoryTerminal terminal) => (Daemon, _language, Terminal) = (daemon, language, terminal);

    public TestDaemon Daemon { get; }

    /// <summary>Patient enough for a busy computer.</summary>
    public MemoryTerminal Terminal { get; }

    public static async Task<ConsoleRun> StartAsync(Language? language = null, int columns = 80, int rows = 24) => new(
        await TestDaemon.StartAsync(),
        language ?? Language.English,
        new MemoryTerminal(TerminalProfile.Xterm, columns, rows) { Patience = TimeSpan.FromSeconds(20) });

    /// <summary>Name and password, and the first screen is there.</summary>
    public void Login(string name = TestDaemon.Anna)
    {
        UntilShown(DefaultButton);
        Type(name);
        Press(Key.Tab);
        Type(TestDaemon.Password);
        Press(Key.Enter);
    }

    public void Press(params Key[] keys) => Terminal.Press(keys);

    public void Type(string text) => Terminal.Type(text);

    public void UntilShown(string text) => Terminal.UntilShown(text);

    /// <summary>Holds the keys that follow until the appliance is as it should be.</summary>
    public void Until(Func<Task<bool>> condition) => Terminal.Until(() => Task.Run(condition).GetAwaiter().GetResult());

    /// <summary>Looks at the screen between two keys.</summary>
    public void Look(Action<string> look) => Terminal.Then(() => look(Terminal.Text));

    /// <summary>The screen but for its first row and what is different each time.</summary>
    public void Golden(string name, [CallerFilePath] string test = "") => Look(text => OsDeploy.Tui.Tests.Golden.Check(
        Regex.Replace(text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..], @"\d+([.]\d)? [KMGT]iB|\d\d:\d\d|\b([bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz]( |\b)){4}", match => new string('#', match.Length)), name, test));

    /// <summary>Everything that was written down; ends by leaving the console.</summary>
    public void Run()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(_language.Code);
        Terminal.Until(() => !Terminal.Text.Contains(DefaultButton, StringComparison.Ordinal)); // a dialog that is still saving has the keys
        Press(Key.F10);
        UntilShown(DefaultButton);
        Press(Key.CursorLeft, Key.Enter);
        using var session = new ApplianceSession(Daemon.Address, Daemon.Key, TimeProvider.System);
        using var app = new Application(TimeProvider.System).Init(Terminal);
        using var console = new ConsoleProgram(app, session, TimeProvider.System);
        console.Run();
    }

    public ValueTask DisposeAsync()
    {
        Terminal.Dispose();
        return Daemon.DisposeAsync();
    }
}
