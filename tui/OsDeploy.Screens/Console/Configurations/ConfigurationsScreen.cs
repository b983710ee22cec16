using OsDeploy.Api;
using OsDeploy.Images;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Console.Network;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Console.Configurations;

/// <summary>The computer configurations: their masters, hosts, versions, and what becomes of their partitions.</summary>
internal sealed class ConfigurationsScreen(Workplace workplace) : ListScreen<ConfigurationRow>(workplace, Columns(workplace), row => row.Id)
{
    public override string Heading => Words.Configurations.Title;

    public override string Help => Words.Configurations.ScreenHelp;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F2, Words.Actions.ActionJob, () => JobFlow.Start(Workplace, JobTarget.OfConfiguration(List.Selected!.Name, Workplace.Hosts())), WhyNothing),
        new(Key.F3, Words.Configurations.ActionHosts, () => Workplace.Frame.Push(new HostsScreen(Workplace, HostFilter.OfConfiguration(List.Selected!.Name))), WhyNothing),
        new(Key.F4, Words.Actions.ActionEdit, () => Dialogs.Ask(new ConfigurationForm(Workplace.Context, List.Selected!.View).Model), WhyNothing),
        new(Key.F5, Words.Configurations.ActionMaster, () => Dialogs.Ask(new MasterForm(Workplace.Context, List.Selected!.View).Model), WhyNothing),
        new(Key.F6, Words.Configurations.ActionPartitions, () => Open(List.Selected!), WhyNothing),
        new(Key.F7, Words.Actions.ActionNew, () => Dialogs.Ask(new ConfigurationForm(Workplace.Context).Model)),
        new(Key.F8, Words.Actions.ActionDelete, () => Dialogs.Ask(new ConfigurationDeletion(Workplace.Context, List.Selected!).Model), WhyNothing),
        new(Key.F11, Words.Configurations.ActionVersions, () => Workplace.Frame.Push(new VersionsScreen(Workplace, ImageKind.Image, List.Selected!.View.Configuration.Image)), WhyNothing),
        new(Key.F12, Words.Starting.OwnAction, SetBoot, WhyNothing),
    ];

    protected override IReadOnlyList<ConfigurationRow> RowsOf(Snapshot now) =>
        [.. ConfigurationList.Of(now, Workplace.Hosts()).Where(row => $"{row.Name} {row.Description} {row.Master}".Contains(Filter, StringComparison.OrdinalIgnoreCase))];

    protected override void Open(ConfigurationRow row) => Workplace.Frame.Push(new PlanScreen(Workplace, row.Id));

    private static IReadOnlyList<Column<ConfigurationRow>> Columns(Workplace at) =>
    [
        new("", row => row.IsDamaged ? "!" : " ", 1, 1),
        new(Words.Actions.ColumnName, row => row.Name, 32, 8),
        new(Words.Configurations.ColumnMaster, row => row.Master, 15, 6),
        new(Words.Configurations.ColumnHosts, row => Numbers.Of(row.Hosts), 8, 4, IsRight: true),
        new(Words.Configurations.ColumnTrouble, row => Numbers.OfTrouble(row.Trouble), 12, 4, IsRight: true),
        new(Words.Configurations.ColumnVersions, row => Numbers.Of(row.Versions), 9, 4, IsRight: true),
        new(Words.Configurations.ColumnCurrent, row => Times.Of(row.Current?.CapturedAt, at.Dialogs.Time.LocalTimeZone), 16, 10),
        new(Words.Configurations.ColumnDescription, row => row.Description, 64, 6),
    ];

    private void SetBoot()
    {
        var view = List.Selected!.View;
        var builds = Dialogs.Wait(Forms.HotKey.Strip(Words.Starting.OwnAction), cancel => Workplace.Session.CallAsync(BootApi.ListBuilds, cancel));
        Dialogs.Ask(OwnBootForm.Of(Workplace.Context, view, builds).Model);
    }

    private string? WhyNothing() => List.Selected is null ? Words.Configurations.NothingChosen : null;
}
