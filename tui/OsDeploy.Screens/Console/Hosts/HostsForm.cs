using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>Changes several hosts at once: what is not touched stays as it is on each of them.</summary>
internal sealed class HostsForm
{
    private const string Yes = "yes";
    private const string No = "no";

    private readonly ConsoleContext _context;
    private readonly IReadOnlyList<HostView> _hosts;
    private readonly ChoiceEntry _room;
    private readonly ChoiceEntry _configuration;
    private readonly ChoiceEntry _blocked;

    public HostsForm(ConsoleContext context, IReadOnlyList<HostView> hosts)
    {
        (_context, _hosts) = (context, hosts);
        _room = new ChoiceEntry("room", Words.Hosts.Room, [Choices.KeepChoice, Choices.NoneChoice, .. Choices.Rooms(context.Now)], Choices.Keep) { Help = Words.Hosts.RoomHelp };
        _configuration = new ChoiceEntry("configuration", Words.Hosts.Configuration, [Choices.KeepChoice, Choices.NoneChoice, .. Choices.Configurations(context.Now)], Choices.Keep)
        {
            Help = Words.Hosts.ConfigurationHelp,
        };
        _blocked = new ChoiceEntry("blocked", Words.Hosts.BlockedField, [Choices.KeepChoice, new Choice(Yes, Words.Common.Yes), new Choice(No, Words.Common.No)], Choices.Keep)
        {
            Help = Words.Hosts.BlockedHelp,
        };
        var names = new InfoEntry("hosts", () => string.Join(", ", hosts.Select(view => view.Host.Name)), Words.Hosts.Meant) { IsLong = true };
        Model = new FormModel(
            Language.Count(hosts.Count, Words.Hosts.EditManyTitleOne, Words.Hosts.EditManyTitleOther),
            [names, _room, _configuration, _blocked],
            new FormAction("save", Words.Common.Save, SaveAsync))
        {
            Help = Words.Hosts.EditManyHelp,
            Equivalent = Commands,
        };
    }

    public FormModel Model { get; }

    public HostChange Change => new(
        Room: ChosenOf(_room),
        Configuration: ChosenOf(_configuration),
        IsBlocked: _blocked.Value switch { Yes => true, No => false, _ => null });

    private Task SaveAsync(CancellationToken cancel)
    {
        var change = Change;
        return change == new HostChange()
            ? throw ConsoleErrors.NothingToChange()
            : Several.RunAsync(_hosts, view => view.Host.Name.ToString(), view => _context.Session.CallAsync(HostApi.Change, change with { Rev = view.Rev }, cancel, view.Host.Id));
    }

    private static string? ChosenOf(ChoiceEntry field) => field.Value is Choices.Keep ? null : field.Value;

    private IReadOnlyList<CommandLine> Commands() =>
    [
        .. _hosts.Select(view => new CommandLine("host", "set", view.Host.Name.ToString())
            .Option("--room", ChosenOf(_room)).Option("--config", ChosenOf(_configuration)).Option("--blocked", _blocked.Value is Yes or No ? _blocked.Value : null)),
    ];
}
