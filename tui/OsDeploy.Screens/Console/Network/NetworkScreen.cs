using OsDeploy.Api;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Network;

/// <summary>How computers start over the network: the service at the top, below it the last starts as they happen.</summary>
internal sealed class NetworkScreen : ListScreen<BootRow>
{
    private const int FactRows = 5;
    private const int FactColumns = 76;
    private const int DialogColumns = 58;

    private readonly NetworkDesk _desk;
    private readonly Background _reading;
    private readonly PlainText _facts = new() { X = 1, Width = Dim.Fill(1), Height = FactRows };
    private (long News, object? Status) _seen = (-1, null);

    public NetworkScreen(Workplace workplace)
        : this(workplace, new NetworkDesk(workplace.Context, workplace.Dialogs.Time))
    {
    }

    private NetworkScreen(Workplace workplace, NetworkDesk desk)
        : base(workplace, Columns(desk), row => row.Id, above: FactRows)
    {
        _desk = desk;
        _reading = new Background(Dialogs.App, desk.ReadAsync, Draw, Tell);
        Add(_facts);
    }

    public override string Heading => Words.Network.Title;

    public override string Help => Words.Network.Help;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F2, Words.Network.ActService, ChangeService, _desk.WhyNotChanged, () => [new CommandLine("boot", "set")]),
        new(Key.F3, Words.Network.ActOptions, ChangeOptions, _desk.WhyNotChanged, () => [new CommandLine("boot", "set")]),
        new(Key.F4, Words.Network.ActRetry, () => BootRetry.Ask(Workplace, _desk, List.Selected!), () => _desk.WhyNotRetried(List.Selected), () => NetworkDesk.RetryCommand(List.Selected) is { } command ? [command] : []),
        new(Key.F5, Words.Network.ActBuilds, () => Workplace.Frame.Push(new BuildsScreen(Workplace)), Command: () => [new CommandLine("boot", "builds", "list")]),
        new(Key.F6, Words.Network.ActExceptions, ChangeExceptions, _desk.WhyNotChanged, () => [new CommandLine("boot", "set")]),
        new(Key.F7, Words.Network.ActAddress, TellAddress, Command: () => [new CommandLine("boot", "status"), new CommandLine("boot", "history")]),
        new(Key.F8, Words.Network.ActNext, ChangeNext, () => _desk.WhyNoNext(List.Selected), () => [new CommandLine("boot", "next")]),
    ];

    public override void Show(Snapshot now)
    {
        Draw();
        if (_seen != (now.BootNews, now.Status))
        {
            _seen = (now.BootNews, now.Status);
            _reading.Start();
        }
    }

    public override void Leave()
    {
        _reading.Stop();
        _seen = (-1, null);
    }

    protected override IReadOnlyList<BootRow> RowsOf(Snapshot now) => _desk.Find(Filter);

    protected override string SummaryOf(Snapshot now) => _desk.State is null ? "" : Language.Count(_desk.Records.Count, Words.Network.SummaryOne, Words.Network.SummaryOther);

    protected override void Open(BootRow row) => Workplace.Frame.Push(new BootStepsScreen(Workplace, _desk, row.Id));

    private static IReadOnlyList<Column<BootRow>> Columns(NetworkDesk desk) =>
    [
        new("", row => row.Sign.ToString(), 1, 1),
        new(Words.Network.ColAt, row => row.At(desk.Now, desk.Zone), 11, 8),
        new(Words.Network.ColComputer, row => BootText.NameOf(row.Record), 17, 10),
        new(Words.Network.ColStage, row => BootText.BarOf(row.Stage), 15, 15),
        new(Words.Network.ColAction, row => row.Action, 13, 8),
        new(Words.Network.ColReason, row => row.Reason, 60, 12),
    ];

    private void Draw()
    {
        base.Show(Workplace.Now);
        _facts.Text = FactText.Of(_desk.Facts, FactColumns, isOneLine: true);
    }

    private void Tell(UserErrorException? fault) => Workplace.Frame.Toast(fault is null ? "" : "! " + Printable.Of(fault.Message));

    private void ChangeService()
    {
        var state = Dialogs.Wait(Words.Starting.ServiceTitle, cancel => Workplace.Session.CallAsync(BootApi.State, cancel));
        Ask(new ServiceForm(Workplace.Context, SettingsNow(), state).Draft);
    }

    private void ChangeOptions()
    {
        var builds = Dialogs.Wait(Words.Starting.OptionsTitle, cancel => Workplace.Session.CallAsync(BootApi.ListBuilds, cancel));
        Ask(new OptionsForm(Workplace.Context, SettingsNow(), builds).Draft);
    }

    private void ChangeExceptions() => Ask(new ExceptionsForm(Workplace.Context, SettingsNow()).Draft);

    private void ChangeNext()
    {
        if (Dialogs.Ask(new NextStartForm(Workplace.Context, [_desk.HostOf(List.Selected)!]).Model) is not null)
        {
            Workplace.Frame.Toast(Words.Starting.NextDone);
            _reading.Start();
        }
    }

    // As they are now: what was read for the list may be a moment old.
    private Api.Boot.BootSettingsView SettingsNow() => Dialogs.Wait(Words.Network.Title, cancel => Workplace.Session.CallAsync(BootApi.Settings, cancel));

    private void Ask(BootDraft draft)
    {
        if (!Dialogs.Ask(draft.Model))
        {
            return;
        }

        Workplace.Frame.Toast(Words.Starting.Saved);
        _reading.Start();
        if (draft.Notes.Count > 0)
        {
            Dialogs.Tell(Words.Network.Title, string.Join("\n\n", draft.Notes));
        }
    }

    private void TellAddress()
    {
        var facts = NetworkFacts.Of(Workplace.Now, Workplace.Session.Address, _desk.Zone);
        Dialogs.Tell(Words.Network.Title, facts.Count == 0 ? Words.Network.NotHeard : FactText.Of([.. facts, .. _desk.Facts.Where(fact => fact.Label != Words.Network.Words)], DialogColumns));
    }
}
