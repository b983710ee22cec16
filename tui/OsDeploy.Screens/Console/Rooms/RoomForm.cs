using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Rooms;

/// <summary>Adds a room, or changes one.</summary>
internal sealed class RoomForm
{
    private readonly ConsoleContext _context;
    private readonly TextEntry _name;
    private readonly ChoiceEntry _configuration;
    private readonly TextEntry _pattern;
    private readonly TextEntry _notes;
    private readonly string? _id;
    private RoomView? _before;

    /// <param name="room">Null: a new one.</param>
    public RoomForm(ConsoleContext context, RoomView? room = null)
    {
        (_context, _before, _id) = (context, room, room?.Room.Id);
        _name = new TextEntry("name", Words.Configurations.Name, room?.Room.Name ?? "") { IsRequired = true, MaxLength = 32, Help = Words.Configurations.RoomNameHelp };
        _configuration = new ChoiceEntry("configuration", Words.Hosts.Configuration, [Choices.NoneChoice, .. Choices.Configurations(context.Now)], room?.Room.Configuration ?? Choices.None)
        {
            Help = Words.Configurations.RoomConfigurationHelp,
        };
        _pattern = new TextEntry("pattern", Words.Configurations.Pattern, room?.Room.NamePattern ?? "") { MaxLength = 40, Rule = PatternRule, Help = Words.Configurations.PatternHelp };
        _notes = new TextEntry("notes", Words.Hosts.Notes, room?.Room.Notes ?? "") { MaxLength = 1000 };
        Model = new FormModel(
            room is null ? Words.Configurations.RoomAddTitle : Language.Fill(Words.Configurations.RoomEditTitle, room.Room.Name),
            [_name, _configuration, _pattern, _notes],
            new FormAction("save", Words.Common.Save, SaveAsync))
        {
            Help = Words.Configurations.RoomHelp,
            Equivalent = () => [Command()],
        };
    }

    public FormModel Model { get; }

    public RoomChange Change => new(
        _name.IsChanged ? _name.Value : null,
        Choices.ChangeOf(_configuration, _before?.Room.Configuration),
        _pattern.IsChanged ? _pattern.Value : null,
        _notes.IsChanged ? _notes.Value : null);

    private Task SaveAsync(CancellationToken cancel) => _before is null
        ? _context.Session.CallAsync(HostApi.AddRoom, new NewRoom(_name.Value, TextOf(_configuration.Value), TextOf(_pattern.Value), TextOf(_notes.Value)), cancel)
        : ChangeAsync(_before, cancel);

    private async Task ChangeAsync(RoomView before, CancellationToken cancel)
    {
        if (Change == new RoomChange())
        {
            throw ConsoleErrors.NothingToChange();
        }

        try
        {
            await _context.Session.CallAsync(HostApi.ChangeRoom, Change with { Rev = before.Rev }, cancel, before.Room.Id);
        }
        catch (UserErrorException e) when (e.Code == "changed-meanwhile")
        {
            _before = (await _context.Session.CallAsync(HostApi.ListRooms, cancel)).FirstOrDefault(view => view.Room.Id == _id) ?? before;
            throw ConsoleErrors.ChangedMeanwhile(e, []);
        }
    }

    private static string? TextOf(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>What can be no pattern; the appliance looks more closely.</summary>
    internal static string? PatternRule(string text)
    {
        var (open, close) = (text.IndexOf('{', StringComparison.Ordinal), text.IndexOf('}', StringComparison.Ordinal));
        var isRange = open >= 0 && close > open && text[open..close].Contains("..", StringComparison.Ordinal);
        var plain = isRange ? text[..open] + '#' + text[(close + 1)..] : text;
        return plain.Split('#', StringSplitOptions.RemoveEmptyEntries).Length <= 2 && plain.Contains('#', StringComparison.Ordinal) && ComputerName.TryParse(plain.Replace('#', '1'), out _)
            ? null
            : Words.Configurations.PatternRule;
    }

    private CommandLine Command() => _before is null
        ? new CommandLine("room", "add", _name.Value).Option("--config", TextOf(_configuration.Value)).Option("--name-pattern", TextOf(_pattern.Value)).Option("--notes", TextOf(_notes.Value))
        : new CommandLine("room", "set", _before.Room.Name)
            .Option("--name", Change.Name).Option("--config", Change.Configuration).Option("--name-pattern", Change.NamePattern).Option("--notes", Change.Notes);
}
