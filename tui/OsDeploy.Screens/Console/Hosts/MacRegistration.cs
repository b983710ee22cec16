using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>Registers hosts by the addresses of their network cards, one or a whole delivery note; also as copies of a host.</summary>
internal sealed class MacRegistration
{
    private readonly ConsoleContext _context;
    private readonly TextEntry _macs;
    private readonly ChoiceEntry _room;
    private readonly TextEntry _name;
    private readonly ChoiceEntry _configuration;
    private readonly TextEntry _notes;

    /// <param name="like">Whose room, configuration and notes are taken; null: nobody's.</param>
    public MacRegistration(ConsoleContext context, Host? like = null)
    {
        _context = context;
        _macs = new TextEntry("macs", Words.Hosts.Macs) { IsRequired = true, IsLong = true, MaxLength = 100_000, Rule = MacText.Rule, Help = Words.Hosts.PasteHelp };
        _room = new ChoiceEntry("room", Words.Hosts.Room, [Choices.NoneChoice, .. Choices.Rooms(context.Now)], like?.Room ?? Choices.None) { Help = Words.Hosts.RoomHelp };
        _name = new TextEntry("name", Words.Hosts.Name)
        {
            MaxLength = ComputerName.MaxLength,
            Rule = MacText.NameRule,
            Help = Words.Hosts.NextNameHelp,
            Applies = () => Macs.Count == 1,
        };
        _configuration = new ChoiceEntry(
            "configuration",
            Words.Hosts.Configuration,
            [new Choice(Choices.Keep, Words.Hosts.RoomsConfiguration), Choices.NoneChoice, .. Choices.Configurations(context.Now)],
            like is null ? Choices.Keep : like.Configuration ?? Choices.None) { Help = Words.Hosts.ConfigurationHelp };
        _notes = new TextEntry("notes", Words.Hosts.Notes, like?.Notes ?? "") { MaxLength = 1000 };
        var counted = new InfoEntry("count", () => MacText.Count(Macs.Count)) { Applies = () => Macs.Count > 0 };
        Model = new FormModel(
            like is null ? Words.Hosts.AddTitle : Words.Language.Fill(Words.Hosts.CopyTitle, like.Name),
            [_macs, counted, _room, _name, _configuration, _notes],
            new FormAction("add", Words.Hosts.Register, AddAsync))
        {
            Help = Words.Hosts.AddHelp,
            Rule = () => _room.Value is null or Choices.None && !(Macs.Count == 1 && _name.Value.Length > 0) ? Words.Hosts.RoomOrName : null,
            Equivalent = () => [Command()],
        };
    }

    public FormModel Model { get; }

    private IReadOnlyList<MacAddress> Macs => MacText.Parse(_macs.Value);

    private string? Room => _room.Value is { Length: > 0 } room ? room : null;

    private string? Name => _name.IsAsked && _name.Value.Length > 0 ? _name.Value : null;

    private string? Configuration => _configuration.Value is Choices.Keep ? null : _configuration.Value;

    private string? Notes => _notes.Value.Length > 0 ? _notes.Value : null;

    private async Task AddAsync(CancellationToken cancel) =>
        await _context.Session.CallAsync(HostApi.Add, new NewHosts([.. Macs.Select(mac => new NewHost(mac, Name, Room, Configuration, Notes))]), cancel);

    private CommandLine Command() => Macs.Aggregate(new CommandLine("host", "add"), (line, mac) => line.With("--mac", mac.ToString()))
        .Option("--name", Name).Option("--room", Room).Option("--config", Configuration).Option("--notes", Notes);
}
