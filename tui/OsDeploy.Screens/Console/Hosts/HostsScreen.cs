using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Console.Network;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>The live table of hosts. What is done is about those that are marked, else about the one under the cursor.</summary>
internal sealed class HostsScreen : ListScreen<HostRow>
{
    private const int BarColumns = 8;

    private readonly HostList _hosts;

    public HostsScreen(Workplace workplace, HostFilter? filter = null)
        : this(workplace, new HostList { Filter = filter ?? HostFilter.All })
    {
    }

    private HostsScreen(Workplace workplace, HostList hosts)
        : base(workplace, ColumnsOf(hosts, workplace), row => row.Id)
    {
        _hosts = hosts;
    }

    public override string Heading => $"{Words.Actions.HostsTitle}: {_hosts.Filter.Title}";

    public override string Help => Words.Actions.HostsHelp;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F2, Words.Actions.ActionJob, StartJob, WhyNobody),
        new(Key.F3, Words.Actions.ActionRegister, () => Workplace.Frame.Push(new PendingScreen(Workplace)), WhyNonePending),
        new(Key.F4, Words.Actions.ActionEdit, Edit, WhyNobody),
        new(Key.F5, Words.Actions.ActionSort, Sort),
        new(Key.F6, Words.Actions.ActionMarkAll, () => MarkShown()),
        new(Key.F7, Words.Actions.ActionNew, () => Dialogs.Ask(new MacRegistration(Workplace.Context).Model)),
        new(Key.F8, Words.Actions.ActionDelete, Delete, WhyNobody),
        new(Key.F11, Words.Actions.ActionList, ReadOrWrite),
        new(Key.F12, Words.Starting.OwnAction, SetBoot, WhyNobody),
    ];

    protected override IReadOnlyList<HostRow> RowsOf(Snapshot now)
    {
        _hosts.Search = Filter;
        _hosts.Update(now, Workplace.Feed.Now);
        return _hosts.Rows;
    }

    protected override string SummaryOf(Snapshot now) => _hosts.SelectedCount > 0
        ? Language.Fill(Words.Actions.SummaryMarked, _hosts.SelectedCount, _hosts.Rows.Count, _hosts.Count)
        : Language.Fill(Words.Actions.Summary, _hosts.Rows.Count, _hosts.Count);

    protected override void Mark(HostRow row) => _hosts.Toggle(row.Id);

    protected override void Open(HostRow row) => Workplace.Frame.Push(new HostDetailsScreen(Workplace, row.Id));

    private static IReadOnlyList<Column<HostRow>> ColumnsOf(HostList hosts, Workplace at) =>
    [
        new("", row => hosts.IsSelected(row.Id) ? "*" : " ", 1, 1),
        new(Words.Actions.ColumnName, row => row.IsMaster ? row.Name + " M" : row.Name, 17, 10),
        new(Words.Actions.ColumnRoom, row => row.Room, 12, 4),
        new(Words.Actions.ColumnConfiguration, row => row.Configuration, 16, 4),
        new(Words.Actions.ColumnState, row => row.State, 22, 10),
        new(Words.Actions.ColumnProgress, row => Bars.Of(row.Fraction, BarColumns), BarColumns + 6, BarColumns + 6),
        new(Words.Actions.ColumnRate, row => row.Rate, 12, 4, IsRight: true),
        new(Words.Actions.ColumnLeft, row => JobText.Left(row.Left), 10, 4, IsRight: true),
        new(Words.Actions.ColumnSeen, row => Times.Ago(row.LastSeen, at.Feed.Now), 10, 3),
    ];

    private IReadOnlyList<HostRow> Meant => _hosts.Meant(List.Selected?.Id);

    private string? WhyNobody() => Meant.Count == 0 ? Words.Actions.NobodyMeant : null;

    private string? WhyNonePending() => Workplace.Now.Pending.Count == 0 ? Words.Actions.NonePending : null;

    private void StartJob() => JobFlow.Start(Workplace, JobTarget.Of(Meant));

    private void Edit()
    {
        var meant = Meant;
        _ = meant is [var one] ? Dialogs.Ask(new HostForm(Workplace.Context, one.View).Model) : Dialogs.Ask(new HostsForm(Workplace.Context, [.. meant.Select(row => row.View)]).Model);
    }

    private void SetBoot()
    {
        var meant = Meant.Select(row => row.View).ToList();
        var done = Pick(Words.Starting.OwnAction, Words.Starting.PickOptions, Words.Starting.PickNext) switch
        {
            0 => SetOptions(meant) ? Words.Starting.Saved : null,
            1 => Dialogs.Ask(new NextStartForm(Workplace.Context, [.. meant.Select(view => view.Host)]).Model) is null ? null : Words.Starting.NextDone,
            _ => null,
        };
        Workplace.Frame.Toast(done ?? "");
    }

    private bool SetOptions(IReadOnlyList<HostView> hosts)
    {
        var builds = Dialogs.Wait(HotKeyless(Words.Starting.OwnAction), cancel => Workplace.Session.CallAsync(BootApi.ListBuilds, cancel));
        return hosts is [var one] ? Dialogs.Ask(OwnBootForm.Of(Workplace.Context, one, builds).Model) is not null : Dialogs.Ask(new HostsBootForm(Workplace.Context, hosts, builds).Model);
    }

    private void ReadOrWrite()
    {
        switch (Pick(Words.Actions.ActionList, Words.Actions.ListImport, Words.Actions.ListExport))
        {
            case 0:
                Dialogs.Ask(new HostImportWizard(Workplace.Context).Model);
                break;
            case 1:
                Dialogs.Ask(new HostExportForm(Workplace.Context, Workplace.Feed.Now).Model);
                break;
        }
    }

    private int? Pick(string label, params IReadOnlyList<string> lines)
    {
        using var choice = new PickDialog(HotKeyless(label), lines, 0);
        Dialogs.Run(choice);
        return choice.Picked;
    }

    private void Delete()
    {
        if (Dialogs.Ask(new HostDeletion(Workplace.Context, Meant).Model) is not null)
        {
            _hosts.SelectNone();
        }
    }

    private void MarkShown()
    {
        _hosts.ToggleShown();
        Show(Workplace.Now);
    }

    private void Sort()
    {
        string[] names =
        [
            Words.Actions.ColumnName, Words.Actions.ColumnRoom, Words.Actions.ColumnConfiguration, Words.Actions.ColumnState, Words.Actions.ColumnProgress,
            Words.Actions.ColumnRate, Words.Actions.ColumnLeft, Words.Actions.ColumnSeen,
        ];
        using var choice = new PickDialog(HotKeyless(Words.Actions.ActionSort), names, (int)_hosts.SortedBy);
        Dialogs.Run(choice);
        if (choice.Picked is { } column)
        {
            _hosts.Sort((HostColumn)column);
            Show(Workplace.Now);
        }
    }

    private static string HotKeyless(string label) => Forms.HotKey.Strip(label);
}
