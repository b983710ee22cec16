using OsDeploy.Images;
using OsDeploy.Screens.Console.Alarms;
using OsDeploy.Screens.Console.Configurations;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Console.Store;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Console.Overview;

/// <summary>The first screen: what needs a person, what runs, how things stand. Enter opens what a line speaks of.</summary>
internal sealed class OverviewScreen(Workplace workplace) : ListScreen<OverviewLine>(workplace, s_columns, line => line.Id)
{
    private static readonly IReadOnlyList<Column<OverviewLine>> s_columns = [new("", line => line.Sign.ToString(), 1, 1), new("", line => line.Text, 400, 40)];

    public override string Heading => Words.Actions.OverviewTitle;

    public override string Help => Words.Actions.OverviewHelp;

    protected override IReadOnlyList<OverviewLine> RowsOf(Snapshot now) =>
        [.. OverviewText.Of(now, Workplace.Hosts()).Where(line => line.Text.Contains(Filter, StringComparison.OrdinalIgnoreCase))];

    protected override void Open(OverviewLine row)
    {
        if (ScreenOf(row.Target) is { } screen)
        {
            Workplace.Frame.Push(screen);
        }
    }

    private ScreenView? ScreenOf(OpenTarget? target) => target switch
    {
        OpenHosts { Filter: var filter } => new HostsScreen(Workplace, filter),
        OpenConfigurations => new ConfigurationsScreen(Workplace),
        OpenPending => new PendingScreen(Workplace),
        OpenBatch { Batch: var batch } => new BatchScreen(Workplace, batch),
        OpenAlarm => new AlarmScreen(Workplace),
        OpenStore => new StoreScreen(Workplace, ImageKind.Image),
        _ => null,
    };
}
