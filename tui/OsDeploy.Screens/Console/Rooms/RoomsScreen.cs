using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Rooms;

/// <summary>The rooms, with what goes on in them.</summary>
internal sealed class RoomsScreen(Workplace workplace) : ListScreen<RoomRow>(workplace, Columns(), row => row.Id)
{
    public override string Heading => Words.Configurations.RoomsTitle;

    public override string Help => Words.Configurations.RoomsHelp;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F2, Words.Actions.ActionJob, () => JobFlow.Start(Workplace, JobTarget.OfRoom(List.Selected!.Name, Workplace.Hosts())), WhyNothing),
        new(Key.F3, Words.Configurations.ActionHosts, () => Open(List.Selected!), WhyNothing),
        new(Key.F4, Words.Actions.ActionEdit, () => Dialogs.Ask(new RoomForm(Workplace.Context, List.Selected!.View).Model), WhyNothing),
        new(Key.F5, Words.Domains.ActionRename, Rename, WhyNothing),
        new(Key.F7, Words.Actions.ActionNew, () => Dialogs.Ask(new RoomForm(Workplace.Context).Model)),
        new(Key.F8, Words.Actions.ActionDelete, () => Dialogs.Ask(new RoomDeletion(Workplace.Context, List.Selected!.View with { Hosts = List.Selected.Hosts }).Model), WhyNothing),
    ];

    protected override IReadOnlyList<RoomRow> RowsOf(Snapshot now) =>
        [.. RoomList.Of(now, Workplace.Hosts()).Where(row => $"{row.Name} {row.Configuration} {row.View.Room.Notes}".Contains(Filter, StringComparison.OrdinalIgnoreCase))];

    protected override void Open(RoomRow row) => Workplace.Frame.Push(new HostsScreen(Workplace, HostFilter.OfRoom(row.Name)));

    private static IReadOnlyList<Column<RoomRow>> Columns() =>
    [
        new(Words.Actions.ColumnRoom, row => row.Name, 32, 8),
        new(Words.Actions.ColumnConfiguration, row => row.Configuration, 32, 8),
        new(Words.Configurations.ColumnHosts, row => Numbers.Of(row.Hosts), 8, 4, IsRight: true),
        new(Words.Configurations.ColumnWorking, row => Numbers.Of(row.Working), 10, 4, IsRight: true),
        new(Words.Configurations.ColumnTrouble, row => Numbers.OfTrouble(row.Trouble), 12, 4, IsRight: true),
    ];

    private void Rename()
    {
        var room = List.Selected!.View.Room;
        if (Dialogs.Ask(new RoomRenameWizard(Workplace.Context, room).Model))
        {
            Workplace.Frame.Toast(Printable.Of(Language.Fill(Words.Domains.Renamed, room.Name)));
        }
    }

    private string? WhyNothing() => List.Selected is null ? Words.Configurations.NothingChosen : null;
}
