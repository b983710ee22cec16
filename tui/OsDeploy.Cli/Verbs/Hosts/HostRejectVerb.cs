using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Hosts;

internal sealed class HostRejectVerb : ServerVerb
{
    private readonly Argument<string> _pending = PendingHosts.Argument();

    public HostRejectVerb(Session session)
        : base(session, "reject", "Take a computer off the list of those that wait for approval, until it is seen again.", "host reject 3f2a") => Asks(_pending);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var pending = await PendingHosts.FindAsync(server, parsed.GetRequiredValue(_pending), cancel);
        await server.CallAsync(HostApi.Reject, cancel, pending.Id);
        return Say(parsed, "pending-rejected", $"Rejected {Printable.Of(pending.Id)}.", pending.Id);
    }
}
