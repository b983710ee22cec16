using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Hosts;

internal sealed class HostDeleteVerb : ServerVerb
{
    private readonly Argument<string[]> _names = new("NAME") { Description = "Names of the hosts.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _yes = VerbOptions.Yes();

    public HostDeleteVerb(Session session)
        : base(session, "delete", "Forget hosts. Their computers wait for approval when they are seen again.", "host delete r101-pc01", "host delete r101-pc01 r101-pc02 --yes") =>
        Asks(_names, _yes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var (names, isYes) = (parsed.GetRequiredValue(_names), parsed.GetValue(_yes));
        Confirmation.RequireSomebodyToAsk(Terminal, isYes, $"delete {Confirmation.CountOf(names, "host")}");
        var hosts = new List<Api.Hosts.HostView>();
        foreach (var name in names)
        {
            hosts.Add(await server.CallAsync(HostApi.Show, cancel, name));
        }

        if (!isYes)
        {
            HostText.WriteList(Terminal.Talk, hosts, Session.Clock);
            await Confirmation.RequireAllAsync(Terminal, names, cancel);
        }

        foreach (var host in hosts)
        {
            await server.CallAsync(HostApi.Delete, cancel, host.Host.Id);
        }

        return Say(parsed, "host-deleted", $"Deleted {Printable.Of(string.Join(", ", names), 1000)}.", names);
    }
}
