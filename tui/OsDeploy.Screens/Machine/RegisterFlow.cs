using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine;

/// <summary>A computer nobody knows gets a room, a name and perhaps another configuration than its room's, and goes on as that host without being restarted.</summary>
internal sealed class RegisterFlow
{
    private const string NameCount = "count=20";
    private const string AsRoom = "";

    private readonly MachineSession _session;
    private readonly ChoiceEntry _room;
    private readonly ChoiceEntry _name;
    private readonly ChoiceEntry _configuration;
    private IReadOnlyList<ComputerName> _names = [];

    private RegisterFlow(MachineSession session, IReadOnlyList<RoomView> rooms, IReadOnlyList<ConfigurationView> configurations)
    {
        _session = session;
        _room = new ChoiceEntry("room", Words.Machine.RoomLabel, [.. rooms.Select(room => new Choice(
            room.Room.Name, Printable.Of(room.Room.Name), Language.Fill(Words.Machine.RoomRemark, Printable.Of(room.Room.Configuration ?? Words.Common.None), room.Hosts)))], rooms is [var only] ? only.Room.Name : null);
        _name = new ChoiceEntry("name", Words.Machine.HostNameLabel, () => [.. _names.Select(name => new Choice(name.ToString(), name.ToString()))]);
        _configuration = new ChoiceEntry(
            "configuration", Words.Hosts.Configuration, [new Choice(AsRoom, Words.Domains.AsRoom), .. configurations.Select(view => new Choice(view.Configuration.Name, Printable.Of(view.Configuration.Name)))], AsRoom);
        Wizard = new WizardModel(
            Words.Machine.RegisterTitle,
            new WizardPage(new FormModel(Words.Machine.RegisterRoom, [Address(), _room], FormAction.Take(Words.Common.Next)) { Help = Words.Machine.RegisterHelp }),
            new WizardPage(
                new FormModel(Words.Machine.RegisterName, [Address(), _name, _configuration], new FormAction("register", Words.Machine.RegisterAction, RegisterAsync)) { Help = Words.Machine.RegisterHelp },
                Prepare: NamesAsync));
    }

    public WizardModel Wizard { get; }

    /// <exception cref="UserErrorException"><c>machine-nobody</c>, <c>machine-no-rooms</c></exception>
    public static async Task<RegisterFlow> PrepareAsync(MachineSession session, CancellationToken cancel)
    {
        var rooms = await session.Account.AskAsync(client => client.CallAsync(HostApi.ListRooms, cancel));
        var configurations = await session.Account.AskAsync(client => client.CallAsync(ConfigurationApi.List, cancel));
        return rooms.Count > 0 ? new RegisterFlow(session, rooms, configurations) : throw MachineErrors.NoRooms();
    }

    private InfoEntry Address() => new("address", () => Language.Fill(Words.Machine.AddressIs, Printable.Of(_session.State.Facts?.Address)));

    private async Task NamesAsync(CancellationToken cancel)
    {
        _names = await _session.Account.AskAsync(client => client.AskAsync(HostApi.ListFreeNames, NameCount, cancel, _room.Value!));
        _name.Value = _names.Count > 0 ? _names[0].ToString() : null;
    }

    private async Task RegisterAsync(CancellationToken cancel)
    {
        var facts = await _session.RefreshAsync(cancel);
        if (facts.Pending is { } pending)
        {
            await _session.Account.AskAsync(client => client.CallAsync(HostApi.Approve, new Approval(Name: _name.Value, Room: _room.Value, Configuration: _configuration.Value is { Length: > 0 } chosen ? chosen : null), cancel, pending));
        }

        _session.PollNow();
    }
}
