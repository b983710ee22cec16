using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>Changes one host: only what is different is sent, so that what somebody else changes beside it stays.</summary>
internal sealed class HostForm
{
    private readonly ConsoleContext _context;
    private readonly TextEntry _name;
    private readonly ChoiceEntry _room;
    private readonly ChoiceEntry _configuration;
    private readonly TextEntry _macs;
    private readonly TextEntry _notes;
    private readonly CheckEntry _blocked;
    private readonly CommandLine _verb;
    private HostView _before;

    public HostForm(ConsoleContext context, HostView host)
    {
        (_context, _before) = (context, host);
        var now = context.Now;
        _verb = new CommandLine("host", "set", host.Host.Name.ToString());
        _name = new TextEntry("name", Words.Hosts.Name, host.Host.Name.ToString()) { IsRequired = true, MaxLength = 15, Rule = MacText.NameRule, Help = Words.Hosts.NameHelp };
        _room = new ChoiceEntry("room", Words.Hosts.Room, [Choices.NoneChoice, .. Choices.Rooms(now)], host.Host.Room ?? Choices.None) { Help = Words.Hosts.RoomHelp };
        _configuration = new ChoiceEntry("configuration", Words.Hosts.Configuration, [Choices.NoneChoice, .. Choices.Configurations(now)], host.Host.Configuration ?? Choices.None)
        {
            Help = Words.Hosts.ConfigurationHelp,
        };
        _macs = new TextEntry("macs", Words.Hosts.Macs, string.Join(' ', host.Host.Identity.Macs)) { Rule = MacText.Rule, Help = Words.Hosts.MacsHelp, MaxLength = 1000 };
        _notes = new TextEntry("notes", Words.Hosts.Notes, host.Host.Notes) { MaxLength = 1000 };
        _blocked = new CheckEntry("blocked", Words.Hosts.BlockedField, host.Host.IsBlocked) { Help = Words.Hosts.BlockedHelp };
        Model = new FormModel(
            Language.Fill(Words.Hosts.EditTitle, host.Host.Name), [_name, _room, _configuration, _macs, _notes, _blocked], new FormAction("save", Words.Common.Save, SaveAsync))
        {
            Help = Words.Hosts.EditHelp,
            Equivalent = () => [Command()],
        };
    }

    public FormModel Model { get; }

    /// <summary>What is different from what was read.</summary>
    public HostChange Change => new(
        _name.IsChanged ? _name.Value : null,
        Choices.ChangeOf(_room, _before.Host.Room),
        Choices.ChangeOf(_configuration, _before.Host.Configuration),
        _notes.IsChanged ? _notes.Value : null,
        _blocked.IsChanged ? _blocked.Value : null,
        _macs.IsChanged ? MacText.Parse(_macs.Value) : null);

    private async Task SaveAsync(CancellationToken cancel)
    {
        if (Change == new HostChange())
        {
            throw ConsoleErrors.NothingToChange();
        }

        try
        {
            await _context.Session.CallAsync(HostApi.Change, Change with { Rev = _before.Rev }, cancel, _before.Host.Id);
        }
        catch (UserErrorException e) when (e.Code == "changed-meanwhile")
        {
            var now = await _context.Session.CallAsync(HostApi.Show, cancel, _before.Host.Id);
            var different = DifferenceTo(now);
            _before = now;
            throw ConsoleErrors.ChangedMeanwhile(e, different);
        }
    }

    private List<string> DifferenceTo(HostView now)
    {
        var (old, fresh) = (_before.Host, now.Host);
        return
        [
            .. new (FormField Field, bool IsDifferent)[]
            {
                (_name, old.Name.ToString() != fresh.Name.ToString()),
                (_room, old.Room != fresh.Room),
                (_configuration, old.Configuration != fresh.Configuration),
                (_macs, !old.Identity.Macs.SequenceEqual(fresh.Identity.Macs)),
                (_notes, old.Notes != fresh.Notes),
                (_blocked, old.IsBlocked != fresh.IsBlocked),
            }.Where(one => one.IsDifferent).Select(one => one.Field.PlainLabel),
        ];
    }

    private CommandLine Command()
    {
        var change = Change;
        var line = _verb.Option("--name", change.Name).Option("--room", change.Room).Option("--config", change.Configuration)
            .Option("--notes", change.Notes).Option("--blocked", change.IsBlocked is { } blocked ? (blocked ? "yes" : "no") : null);
        var (before, after) = (_before.Host.Identity.Macs, change.Macs ?? _before.Host.Identity.Macs);
        line = after.Except(before).Aggregate(line, (sum, mac) => sum.With("--mac", mac.ToString()));
        return before.Except(after).Aggregate(line, (sum, mac) => sum.With("--no-mac", mac.ToString()));
    }
}
