using System.CommandLine;
using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Carousels;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Carousels;

/// <summary>Something done to the carousel of a batch. Prints how it stands then.</summary>
internal abstract class CarouselVerb : ServerVerb
{
    private readonly Argument<string> _batch = new("BATCH") { Description = "Number of the batch." };

    protected CarouselVerb(Session session, string name, string description, params IReadOnlyList<string> examples)
        : base(session, name, description, examples) => Asks(_batch);

    protected abstract ApiRoute<Nothing, CarouselView> Route { get; }

    protected sealed override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var carousel = await server.CallAsync(Route, cancel, IdOf(parsed.GetRequiredValue(_batch)));
        Print(parsed, carousel, CliJson.Default.CarouselView, writer => CarouselText.Write(writer, carousel));
        return ExitCode.Done;
    }

    // Ids are 7 digits; people leave the zeros out.
    private static string IdOf(string typed) =>
        int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString("D7", CultureInfo.InvariantCulture) : typed;
}

internal sealed class CarouselStartVerb(Session session) : CarouselVerb(
    session, "start", "Begin to send now, without the hosts that are missing; they come in when they start.", "carousel start 12")
{
    protected override ApiRoute<Nothing, CarouselView> Route => CarouselApi.StartNow;
}

internal sealed class CarouselStopVerb(Session session) : CarouselVerb(
    session, "stop", "Stop sending. The hosts take what they still need by HTTPS; nothing is lost.", "carousel stop 12")
{
    protected override ApiRoute<Nothing, CarouselView> Route => CarouselApi.Stop;
}
