using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Hosts;

/// <summary>Computers that wait for approval, as people name them.</summary>
internal static class PendingHosts
{
    public static Argument<string> Argument() => new("ID") { Description = "The beginning of its id, as `osdeploy host list --pending` shows it, or the address of a network card." };

    /// <exception cref="UserErrorException"><c>pending-unknown</c>, <c>pending-ambiguous</c></exception>
    public static async Task<PendingHost> FindAsync(ServerConnection server, string text, CancellationToken cancel)
    {
        var all = await server.CallAsync(HostApi.ListPending, cancel);
        var matches = MacAddress.TryParse(text, out var mac)
            ? all.Where(host => host.Identity.Macs.Contains(mac)).ToList()
            : all.Where(host => host.Id.StartsWith(text, StringComparison.OrdinalIgnoreCase)).ToList();
        return matches switch
        {
            [var one] => one,
            [] => throw ServerErrors.PendingUnknown(text),
            _ => throw ServerErrors.PendingAmbiguous(text, matches.Count),
        };
    }
}
