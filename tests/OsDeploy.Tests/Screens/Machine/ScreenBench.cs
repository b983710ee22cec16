using OsDeploy.Agent;
using OsDeploy.Api.Agents;
using OsDeploy.Screens.Machine;
using OsDeploy.Screens.Machine.Views;
using OsDeploy.Screens.Words;
using OsDeploy.Tests.Cli;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;

namespace OsDeploy.Tests.Screens.Machine;

/// <summary>The screens of a computer on a terminal in memory, and what somebody presses.</summary>
internal sealed class ScreenBench : IDisposable
{
    private readonly Application _app;
    private readonly MachineScreens _screens;

    public ScreenBench(MachineSession session, TimeProvider? time = null, TimeSpan? patience = null)
    {
        Terminal = new MemoryTerminal { Patience = patience ?? TimeSpan.FromSeconds(30) };
        _app = new Application(time ?? TimeProvider.System).Init(Terminal);
        _screens = new MachineScreens(_app, session, _app.Suspend, time ?? TimeProvider.System);
    }

    public MemoryTerminal Terminal { get; }

    /// <summary>What was seen, by name.</summary>
    public Dictionary<string, string> Seen { get; } = [];

    /// <summary>A computer without an appliance: it shows what it is told.</summary>
    public static MachineSession Offline(ManualClock clock, Computer? computer = null)
    {
        var session = new MachineSession(
            new AgentOptions("http://127.0.0.1:9", null, "osdeploy test"), new MachineOptions("https://192.0.2.7:7443", null, "osdeploy test"), computer ?? new BenchComputer(1), clock);
        session.Know(MachineMenuTests.StateOf("host", null).Facts!);
        session.Show(new Orders(AgentState.Idle, "pc01", "lab", null, null, 5), words: null);
        return session;
    }

    public ScreenBench Press(params Key[] keys)
    {
        Terminal.Press(keys);
        return this;
    }

    public ScreenBench Type(string text)
    {
        Terminal.Type(text);
        return this;
    }

    public ScreenBench UntilShown(string text)
    {
        Terminal.UntilShown(text);
        return this;
    }

    public ScreenBench Until(Func<bool> isSo)
    {
        Terminal.Until(isSo);
        return this;
    }

    public ScreenBench Then(Action act)
    {
        Terminal.Then(act);
        return this;
    }

    /// <summary>Keeps the screen as it is now.</summary>
    public ScreenBench Look(string name)
    {
        Terminal.Then(() => Seen[name] = Terminal.Text);
        return this;
    }

    /// <summary>Does all that, and leaves.</summary>
    public ScreenBench Run()
    {
        Terminal.HangUp();
        _screens.Run();
        return this;
    }

    public void Dispose()
    {
        _screens.Dispose();
        _app.Dispose();
        Language.Use(Language.English);
    }
}
