using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>Computers that were seen on the network and are nobody yet. Those that are marked are registered together, in the order they were switched on.</summary>
internal sealed class PendingScreen : ListScreen<PendingHost>
{
    private readonly HashSet<string> _marked;

    public PendingScreen(Workplace workplace)
        : this(workplace, [])
    {
    }

    private PendingScreen(Workplace workplace, HashSet<string> marked)
        : base(workplace, ColumnsOf(workplace, marked), computer => computer.Id)
    {
        _marked = marked;
    }

    public override string Heading => Words.Actions.PendingTitle;

    public override string Help => Words.Actions.PendingHelp;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F2, Words.Actions.ActionRegister, Register, WhyNobody),
        new(Key.F6, Words.Actions.ActionMarkAll, MarkShown),
        new(Key.F8, Words.Actions.ActionReject, Reject, WhyNobody),
    ];

    protected override IReadOnlyList<PendingHost> RowsOf(Snapshot now) =>
        [.. now.Pending.Where(computer => $"{Registration.TextOf(computer)} {computer.Words}".Contains(Filter, StringComparison.OrdinalIgnoreCase)).OrderBy(computer => computer.FirstSeen)];

    protected override string SummaryOf(Snapshot now) => Language.Count(now.Pending.Count, Words.Hosts.ComputersOne, Words.Hosts.ComputersOther);

    protected override void Mark(PendingHost row)
    {
        if (!_marked.Remove(row.Id))
        {
            _marked.Add(row.Id);
        }
    }

    protected override void Open(PendingHost row) => Register();

    private static IReadOnlyList<Column<PendingHost>> ColumnsOf(Workplace at, HashSet<string> marked) =>
    [
        new("", computer => marked.Contains(computer.Id) ? "*" : " ", 1, 1),
        new(Words.Actions.ColumnFirstSeen, computer => Times.Ago(computer.FirstSeen, at.Feed.Now), 10, 3),
        new(Words.Actions.ColumnMaybe, computer => string.Join(' ', computer.Candidates), 17, 6),
        new(Words.Actions.ColumnWords, computer => computer.Words ?? "", 23, 11),
        new(Words.Actions.ColumnComputer, Registration.TextOf, 120, 20),
    ];

    private List<PendingHost> Meant => _marked.Count > 0
        ? [.. Workplace.Now.Pending.Where(computer => _marked.Contains(computer.Id))]
        : List.Selected is { } one ? [one] : [];

    private string? WhyNobody() => Meant.Count == 0 ? Words.Actions.NonePending : null;

    private void Register()
    {
        if (Meant is { Count: > 0 } meant && Dialogs.Ask(new Registration(Workplace.Context, meant).Model))
        {
            _marked.Clear();
            Workplace.Frame.Back();
        }
    }

    private void Reject()
    {
        var meant = Meant;
        if (Dialogs.Confirm(Words.Actions.RejectTitle, Words.Actions.RejectText + "\n\n" + string.Join('\n', meant.Select(Registration.TextOf)), Forms.HotKey.Strip(Words.Actions.ActionReject)))
        {
            Dialogs.Wait(Words.Actions.RejectTitle, cancel => Several.RunAsync(
                meant, Registration.TextOf, computer => Workplace.Session.CallAsync(Api.HostApi.Reject, cancel, computer.Id)));
            _marked.Clear();
        }
    }

    private void MarkShown()
    {
        var shown = List.Items.Select(computer => computer.Id).ToList();
        if (shown.TrueForAll(_marked.Contains))
        {
            _marked.Clear();
        }
        else
        {
            _marked.UnionWith(shown);
        }

        Show(Workplace.Now);
    }
}
