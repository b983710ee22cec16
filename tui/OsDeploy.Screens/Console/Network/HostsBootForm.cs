using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Network;

/// <summary>How several hosts start: a page of questions, then one that names the hosts and what changes on them.</summary>
internal sealed class HostsBootForm
{
    private readonly ConsoleContext _context;
    private readonly FormModel _page;
    private readonly BootOptionFields _fields;
    private readonly FieldChanges _changes;
    private List<HostView> _hosts;

    /// <param name="hosts">One at least.</param>
    public HostsBootForm(ConsoleContext context, IReadOnlyList<HostView> hosts, IReadOnlyList<BootBuild> builds)
    {
        (_context, _hosts) = (context, [.. hosts]);
        _fields = new BootOptionFields([.. hosts.Select(BootOf)], builds, Starting.AsConfiguration);
        _changes = new FieldChanges(_fields.All);
        var title = Language.Count(hosts.Count, Starting.ManyTitleOne, Starting.ManyTitleOther);
        _page = new FormModel(title, _fields.All, FormAction.Take(Common.Next)) { Help = Starting.ManyHelp, Equivalent = Commands };
        var preview = new FormModel(
            Starting.PreviewTitle,
            [
                new InfoEntry("changes", () => string.Join('\n', _changes.Lines)) { IsLong = true },
                new InfoEntry("hosts", () => Language.Fill(Starting.ManyChanged, string.Join(", ", Changing.Select(view => view.Host.Name)))) { IsLong = true },
                new InfoEntry("same", () => Language.Fill(Starting.ManySame, _hosts.Count - Changing.Count, _hosts.Count)) { Applies = () => Changing.Count < _hosts.Count },
            ],
            new FormAction("save", Common.Save, SaveAsync))
        {
            Help = Starting.PreviewHelp,
            Equivalent = Commands,
        };
        Model = new WizardModel(title, new WizardPage(_page), new WizardPage(preview, Prepare: PrepareAsync));
    }

    public WizardModel Model { get; }

    private List<HostView> Changing => [.. _hosts.Where(view => _fields.Over(BootOf(view)) != BootOf(view))];

    private static BootOptions BootOf(HostView view) => view.Host.Boot ?? BootOptions.None;

    // As they are now: what somebody else has changed beside it stays.
    private async Task PrepareAsync(CancellationToken cancel)
    {
        if (!_page.IsChanged)
        {
            throw ConsoleErrors.NothingToChange();
        }

        var now = new List<HostView>();
        foreach (var view in _hosts)
        {
            now.Add(await _context.Session.CallAsync(HostApi.Show, cancel, view.Host.Id));
        }

        _hosts = now;
        if (Changing.Count == 0)
        {
            throw ConsoleErrors.NothingToChange();
        }
    }

    private Task SaveAsync(CancellationToken cancel) => Several.RunAsync(
        Changing,
        view => view.Host.Name.ToString(),
        view => _context.Session.CallAsync(HostApi.Change, new HostChange(Boot: _fields.Over(BootOf(view)), Rev: view.Rev), cancel, view.Host.Id));

    // Those that get the same from what they have are changed by one command.
    private IReadOnlyList<CommandLine> Commands() =>
    [
        .. Changing.GroupBy(view => _fields.On(new CommandLine(), BootOf(view)).ToString())
            .Select(group => _fields.On(new CommandLine(["host", "set", .. group.Select(view => view.Host.Name.ToString())]), BootOf(group.First()))),
    ];
}
