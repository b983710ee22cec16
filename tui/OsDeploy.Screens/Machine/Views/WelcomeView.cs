using OsDeploy.Api.Agents;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine.Views;

/// <summary>Before there is a menu: the server is asked, somebody must log in, or nobody is asked anything.</summary>
internal sealed class WelcomeView : MachineView
{
    private readonly MachineScreens _screens;
    private readonly Action? _ask;
    private readonly PlainText _text = new() { X = 1, Y = 1, Width = Dim.Fill(1), Height = Dim.Fill() };
    private bool _isAsked;

    /// <param name="ask">What is asked first; null: nothing.</param>
    public WelcomeView(MachineScreens screens, Action? ask)
    {
        (_screens, _ask) = (screens, ask);
        Add(_text);
    }

    public override string Heading => _screens.Session.Stage switch
    {
        MachineStage.Login => Words.Machine.LoginTitle,
        MachineStage.Register => Words.Machine.RegisterTitle,
        _ => Words.Machine.MainTitle,
    };

    public override string Help => _screens.Session.Stage switch
    {
        MachineStage.Login => Words.Machine.LoginHelp,
        MachineStage.Register => Words.Machine.RegisterHelp,
        _ => Words.Machine.HelpAbout,
    };

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        .. _ask is null ? (ScreenAction[])[] : [new ScreenAction(Key.F2, Words.Machine.KeyAnswer, _ask)],
        new ScreenAction(Key.F3, Words.Machine.KeyAbout, _screens.About),
        .. _screens.Session is { LooksForServer: true, State.Orders: null } ? [new ScreenAction(Key.F5, Words.Machine.KeyRetry, _screens.Session.RetryNetwork)] : (ScreenAction[])[],
        new ScreenAction(Key.F10, Words.Machine.KeyQuit, _screens.Quit),
    ];

    public override void Show()
    {
        var state = _screens.Session.State;
        _text.Text = Wrapped(string.Join("\n\n", Sentences(state).Where(sentence => sentence.Length > 0)));
        if (_ask is not null && !_isAsked && state.Orders is { ShowsWords: false })
        {
            _isAsked = true;
            _screens.Later(_ask);
        }
    }

    private static IEnumerable<string> Sentences(MachineState state)
    {
        yield return state.Orders switch
        {
            null => Words.Machine.Connecting,
            { State: AgentState.Pending } => Words.Machine.WaitingPending,
            { State: AgentState.Blocked } => Words.Machine.Blocked,
            { ShowsWords: true } when state.PairingWords is { } compared => Language.Fill(Words.Machine.CompareWords, compared),
            _ => Language.Fill(Words.Machine.WaitingForJob, Printable.Of(state.Facts?.Name)),
        };
        yield return state is { Orders.State: AgentState.Pending, PairingWords: { } words } ? Language.Fill(Words.Machine.PairingWords, words) : "";
        yield return state.Away > TimeSpan.Zero ? Language.Fill(Words.Machine.Reconnecting, Sizes.Of(state.Away)) : "";
        yield return state.Orders is { ShowsWords: false, Awaits: { Length: > 0 } awaits } ? Language.Fill(Words.Machine.Awaits, Printable.Of(awaits)) : "";
        yield return state.Facts is { } facts ? Language.Fill(Words.Machine.AddressIs, Printable.Of(facts.Address)) : "";
        yield return state.Lines.Count > 0 ? Printable.Of(state.Lines[^1]) : "";
    }
}
