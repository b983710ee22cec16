using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Rooms;

/// <summary>Names all hosts of a room by a scheme: first old and new names, then it is done as a whole or not at all.</summary>
internal sealed class RoomRenameWizard
{
    private const int MaxScheme = 40;

    private readonly ConsoleContext _context;
    private readonly Room _room;
    private readonly TextEntry _scheme;
    private RenameReport? _report;

    public RoomRenameWizard(ConsoleContext context, Room room)
    {
        (_context, _room) = (context, room);
        _scheme = new TextEntry("scheme", Words.Domains.Scheme, room.NamePattern ?? "") { MaxLength = MaxScheme, Rule = RoomForm.PatternRule, Help = Words.Domains.SchemeHelp };
        var title = Language.Fill(Words.Domains.RenameTitle, room.Name);
        var page = new FormModel(title, [_scheme], FormAction.Take(Common.Next)) { Help = Words.Domains.SchemeHelp, Equivalent = Commands };
        var preview = new FormModel(
            Words.Domains.RenamePreview, [new InfoEntry("names", () => string.Join('\n', Lines)) { IsLong = true }], new FormAction("rename", Words.Domains.Rename, RenameAsync))
        {
            Help = Words.Domains.RenameHelp,
            Rule = () => _report is { Errors: > 0 } report ? Language.Count(report.Errors, Words.Domains.RenameWrongOne, Words.Domains.RenameWrongOther) : null,
            Equivalent = Commands,
        };
        Model = new WizardModel(title, new WizardPage(page), new WizardPage(preview, Prepare: PreviewAsync));
    }

    public WizardModel Model { get; }

    /// <summary>Old and new names, those that cannot be first.</summary>
    public IReadOnlyList<string> Lines => _report is not { Hosts.Count: > 0 } report ? [Words.Domains.RenameNobody] :
        [.. report.Hosts.OrderBy(host => host.Fault is null).Select(host => $"{(host.Fault is null ? host.From == host.To ? "=" : "~" : "!")} {host.From,-15} -> {host.To,-15} {host.Fault}".TrimEnd())];

    private async Task PreviewAsync(CancellationToken cancel) => _report = await AskAsync(new RoomRename(Scheme), cancel);

    private async Task RenameAsync(CancellationToken cancel) => _report = await AskAsync(new RoomRename(Scheme, Apply: true, _report?.Seen), cancel);

    private string? Scheme => _scheme.Value.Length > 0 ? _scheme.Value : null;

    private Task<RenameReport> AskAsync(RoomRename request, CancellationToken cancel) => _context.Session.CallAsync(HostApi.RenameRoomHosts, request, cancel, _room.Id);

    private IReadOnlyList<CommandLine> Commands() => [new CommandLine("host", "rename", "--room", _room.Name).Option("--scheme", Scheme)];
}
