using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>
/// Makes hosts of computers that wait for approval: first the room, then the names it proposes, in the order the computers were switched
/// on. A computer that may be a host already known can become that one instead.
/// </summary>
internal sealed class Registration
{
    private const string New = "";

    private readonly ConsoleContext _context;
    private readonly IReadOnlyList<PendingHost> _pending;
    private readonly ChoiceEntry _room;
    private readonly ChoiceEntry _configuration;
    private readonly List<(PendingHost Computer, ChoiceEntry As, TextEntry Name)> _lines;
    private IReadOnlyList<string> _proposals = [];
    private string? _proposedFor;

    public Registration(ConsoleContext context, IEnumerable<PendingHost> pending)
    {
        _context = context;
        _pending = [.. pending.OrderBy(computer => computer.FirstSeen)];
        _room = new ChoiceEntry("room", Words.Hosts.Room, () => [Choices.NoneChoice, .. Choices.Rooms(context.Now)], context.Now.Rooms is [var only] ? only.Room.Name : Choices.None)
        {
            Help = Words.Hosts.RoomHelp,
        };
        _configuration = new ChoiceEntry(
            "configuration", Words.Hosts.Configuration, () => [new Choice(Choices.Keep, Words.Hosts.RoomsConfiguration), Choices.NoneChoice, .. Choices.Configurations(context.Now)], Choices.Keep)
        {
            Help = Words.Hosts.ConfigurationHelp,
        };
        _lines = [.. _pending.Select((computer, i) => LineOf(computer, i))];
        Model = new WizardModel(Words.Hosts.RegisterTitle, Where(), Who());
    }

    public WizardModel Model { get; }

    private WizardPage Where() => new(new FormModel(
        Words.Hosts.RegisterWhere,
        [new InfoEntry("computers", () => Language.Count(_pending.Count, Words.Hosts.ComputersOne, Words.Hosts.ComputersOther)), _room, _configuration],
        FormAction.Take(Words.Common.Next)) { Help = Words.Hosts.RegisterHelp });

    private WizardPage Who()
    {
        var fields = _lines.SelectMany(line => new FormField[]
        {
            new InfoEntry("computer-" + line.Computer.Id, () => TextOf(line.Computer)), line.As, line.Name,
        }).ToList();
        var form = new FormModel(Words.Hosts.RegisterWho, fields, new FormAction("register", Words.Hosts.Register, RegisterAsync))
        {
            Help = Words.Hosts.RegisterNamesHelp,
            Rule = NamesRule,
            Equivalent = Commands,
        };
        return new WizardPage(form, Prepare: ProposeAsync);
    }

    private (PendingHost Computer, ChoiceEntry As, TextEntry Name) LineOf(PendingHost computer, int i)
    {
        var known = new ChoiceEntry(
            $"as-{i}", Words.Hosts.RegisterAs, [new Choice(New, Words.Hosts.RegisterNew), .. computer.Candidates.Select(name => new Choice(name, name))], New)
        {
            Help = Words.Hosts.RegisterAsHelp,
            Applies = () => computer.Candidates.Count > 0,
        };
        var name = new TextEntry($"name-{i}", Words.Hosts.Name)
        {
            IsRequired = true,
            MaxLength = ComputerName.MaxLength,
            Rule = MacText.NameRule,
            Help = Words.Hosts.NameHelp,
            Proposals = () => _proposals,
            Applies = () => IsNew(known),
        };
        return (computer, known, name);
    }

    // What somebody typed stays, unless the room is another one.
    private async Task ProposeAsync(CancellationToken cancel)
    {
        var room = _room.Value ?? Choices.None;
        if (room == _proposedFor)
        {
            return;
        }

        _proposals = room.Length == 0
            ? []
            : [.. (await _context.Session.AskAsync(HostApi.ListFreeNames, $"count={Math.Min(_lines.Count + 20, 1000)}", cancel, room)).Select(name => name.ToString())];
        _proposedFor = room;
        for (var i = 0; i < _lines.Count; i++)
        {
            _lines[i].Name.Value = i < _proposals.Count ? _proposals[i] : "";
        }
    }

    private string? NamesRule() =>
        _lines.Where(line => IsNew(line.As)).GroupBy(line => line.Name.Value, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { Key: var twice }
            ? Language.Fill(Words.Hosts.NameTwice, twice)
            : null;

    private static bool IsNew(ChoiceEntry known) => string.IsNullOrEmpty(known.Value);

    private Approval ApprovalOf(ChoiceEntry known, TextEntry name) => known.Value is { Length: > 0 } host
        ? new Approval(Host: host)
        : new Approval(
            Name: name.Value,
            Room: _room.Value is { Length: > 0 } room ? room : null,
            Configuration: _configuration.Value is Choices.Keep ? null : _configuration.Value);

    private Task RegisterAsync(CancellationToken cancel) => Several.RunAsync(
        [.. _lines.Where(line => _context.Now.Pending.Any(pending => pending.Id == line.Computer.Id))],
        line => line.Name.Value,
        line => _context.Session.CallAsync(HostApi.Approve, ApprovalOf(line.As, line.Name), cancel, line.Computer.Id));

    private IReadOnlyList<CommandLine> Commands() =>
    [
        .. _lines.Select(line => (line.Computer, Approval: ApprovalOf(line.As, line.Name))).Select(line => new CommandLine("host", "approve", NameOf(line.Computer))
            .Option("--as", line.Approval.Host).Option("--name", line.Approval.Name).Option("--room", line.Approval.Room).Option("--config", line.Approval.Configuration)),
    ];

    private static string NameOf(PendingHost computer) => computer.Identity.Macs is [var mac, ..] ? mac.ToString() : computer.Id;

    /// <summary><c>Dell OptiPlex 7010, serial 4X1, 238 GiB, 52:54:00:12:34:56 at 10.0.0.7</c></summary>
    public static string TextOf(PendingHost computer)
    {
        var inventory = computer.Inventory;
        var parts = new[]
        {
            $"{inventory.Vendor} {inventory.Model}".Trim(),
            computer.Identity.SystemSerial is { Length: > 0 } serial ? Language.Fill(Words.Hosts.Serial, serial) : "",
            string.Join(" + ", inventory.Disks.Select(disk => Sizes.Of(disk.Size))),
            NameOf(computer),
            computer.Address,
        };
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }
}
