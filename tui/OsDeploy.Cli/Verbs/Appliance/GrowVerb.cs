using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Appliance;

internal sealed class GrowVerb : ServerVerb
{
    public GrowVerb(Session session)
        : base(session, "grow", "Grow the appliance's data volume onto the rest of its disk, after the disk was made or copied larger. Nothing on it is lost.", "appliance grow") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var size = Sizes.Of((await server.CallAsync(SettingsApi.Grow, cancel)).Size);
        return Say(parsed, "volume-grown", $"The data volume has {size} now.", size);
    }
}
