using OsDeploy.Api;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>Forgets hosts, after saying what goes with them.</summary>
internal sealed class HostDeletion
{
    private readonly ConsoleContext _context;
    private readonly IReadOnlyList<HostRow> _hosts;

    public HostDeletion(ConsoleContext context, IReadOnlyList<HostRow> hosts)
    {
        (_context, _hosts) = (context, hosts);
        var names = hosts.Select(row => row.Name).ToList();
        Model = new FormModel(
            Words.Hosts.DeleteTitle,
            [
                new InfoEntry("hosts", () => string.Join(", ", names), Words.Hosts.Meant) { IsLong = true },
                new InfoEntry("loss", () => string.Join('\n', Losses())) { IsWarning = true },
                Confirmation.Demand(() => Confirmation.WordFor(names)),
                Confirmation.Field(() => Confirmation.WordFor(names)),
            ],
            new FormAction("delete", Words.Common.Delete, DeleteAsync) { IsDestructive = true })
        {
            Help = Words.Hosts.DeleteHelp,
            Equivalent = () => [new CommandLine(["host", "delete", .. names])],
        };
    }

    public FormModel Model { get; }

    private IEnumerable<string> Losses()
    {
        yield return Words.Hosts.DeleteLoss;
        foreach (var master in _hosts.Where(row => row.IsMaster))
        {
            yield return Language.Fill(Words.Hosts.DeleteMaster, master.Name, master.Configuration);
        }

        foreach (var busy in _hosts.Where(row => _context.Now.ActiveJobOf(row.Id) is not null))
        {
            yield return Language.Fill(Words.Hosts.DeleteBusy, busy.Name);
        }
    }

    private Task DeleteAsync(CancellationToken cancel) =>
        Several.RunAsync(_hosts, row => row.Name, row => _context.Session.CallAsync(HostApi.Delete, cancel, row.Id));
}
