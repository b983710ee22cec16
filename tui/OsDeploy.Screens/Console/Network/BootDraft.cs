using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Network;

/// <summary>
/// Settings of the appliance that are being changed: a page of questions, then one that shows what would be different. A second DHCP
/// server on the wire is asked about before the appliance becomes one.
/// </summary>
internal sealed class BootDraft
{
    private const string OtherDhcp = "boot-dhcp-present";

    private readonly ConsoleContext _context;
    private readonly FormModel _page;
    private readonly Func<BootSettings, BootSettings> _apply;
    private readonly FieldChanges _changes;
    private readonly CheckEntry _force;
    private BootSettingsView _before;
    private BootSettingsAnswer? _preview;
    private UserErrorException? _other;

    /// <param name="apply">Puts what was answered anew over settings.</param>
    /// <param name="command">That does the same, without <c>--force</c>.</param>
    public BootDraft(ConsoleContext context, BootSettingsView before, string title, string help, IReadOnlyList<FormField> fields, Func<BootSettings, BootSettings> apply, Func<CommandLine> command)
    {
        (_context, _before, _apply) = (context, before, apply);
        _changes = new FieldChanges(fields);
        _force = new CheckEntry("force", Words.Starting.Force) { Applies = () => _other is not null, Help = Words.Starting.ForceHelp };
        _page = new FormModel(title, fields, FormAction.Take(Common.Next)) { Help = help, Equivalent = () => [command().With("--preview")] };
        var preview = new FormModel(
            Words.Starting.PreviewTitle,
            [
                new InfoEntry("changes", () => string.Join('\n', _changes.Lines)) { IsLong = true },
                new InfoEntry("notes", () => string.Join('\n', PreviewNotes)) { IsWarning = true, Applies = () => PreviewNotes.Any() },
                new InfoEntry("dnsmasq", () => Configuration, Words.Starting.Dnsmasq) { IsLong = true, Applies = () => Configuration.Length > 0 && _other is null },
                new InfoEntry("other", () => $"{Printable.Of(_other?.Message ?? "", 300)}\n{Words.Starting.OtherDhcp}") { IsWarning = true, Applies = () => _other is not null },
                _force,
            ],
            new FormAction("save", Common.Save, SaveAsync))
        {
            Help = Words.Starting.PreviewHelp,
            Equivalent = () => [command().Flag("--force", _force is { IsAsked: true, Value: true })],
        };
        Model = new WizardModel(title, new WizardPage(_page), new WizardPage(preview, Prepare: PrepareAsync));
    }

    public WizardModel Model { get; }

    /// <summary>As they are to be.</summary>
    public BootSettings Wanted => _apply(_before.Settings);

    /// <summary>What an operator should know of what was done, and the preview could not say. Printable.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    private IEnumerable<string> PreviewNotes => (_preview?.Notes ?? []).Select(note => Printable.Of(note, 300));

    private string Configuration => string.Join('\n', (_preview?.Configuration ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Printable.Of(line, 300)));

    private async Task PrepareAsync(CancellationToken cancel)
    {
        if (!_page.IsChanged)
        {
            throw ConsoleErrors.NothingToChange();
        }

        _other = null;
        _force.Value = false;
        _preview = await CallAsync(new BootSettingsChange(Wanted, _before.Rev, Preview: true), cancel);
    }

    private async Task SaveAsync(CancellationToken cancel)
    {
        try
        {
            var answer = await CallAsync(new BootSettingsChange(Wanted, _before.Rev, Force: _force is { IsAsked: true, Value: true }), cancel);
            Notes = [.. answer.Notes.Except(_preview?.Notes ?? []).Select(note => Printable.Of(note, 300))];
        }
        catch (UserErrorException e) when (e.Code == OtherDhcp)
        {
            _other = e;
            throw;
        }
    }

    private async Task<BootSettingsAnswer> CallAsync(BootSettingsChange change, CancellationToken cancel)
    {
        try
        {
            return await _context.Session.CallAsync(BootApi.Change, change, cancel);
        }
        catch (UserErrorException e) when (e.Code == "changed-meanwhile")
        {
            _before = await _context.Session.CallAsync(BootApi.Settings, cancel);
            throw ConsoleErrors.ChangedMeanwhile(e, []);
        }
    }
}
