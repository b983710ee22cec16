using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Carousels;

internal sealed class CarouselListVerb : ServerVerb
{
    public CarouselListVerb(Session session)
        : base(session, "list", "Show the streams that serve batches of hosts at once, and how each host stands to its stream.", "carousel list", "carousel list --json") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var carousels = await server.CallAsync(CarouselApi.List, cancel);
        Print(parsed, carousels, CliJson.Default.IReadOnlyListCarouselView, writer => CarouselText.WriteList(writer, carousels));
        return ExitCode.Done;
    }
}
