using OsDeploy.Api;
using OsDeploy.Api.Carousels;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>What can be done with the stream of a batch.</summary>
internal static class StreamActions
{
    public static bool CanStart(CarouselView? view) => view is { Id: not null, State: CarouselState.Gathering };

    public static bool CanStop(CarouselView? view) => view is { Id: not null, State: not CarouselState.Ended };

    public static FormModel Start(ConsoleContext context, CarouselView view) => new(
        Carousels.StartTitle,
        [
            new InfoEntry("missing", () => string.Join(", ", StreamText.MissingHosts(view)), Carousels.MissingLabel) { IsLong = true, Applies = () => StreamText.MissingHosts(view).Count > 0 },
            new InfoEntry("meaning", () => Carousels.StartMeaning),
        ],
        new FormAction("start", Carousels.StartAction, cancel => context.Session.CallAsync(CarouselApi.StartNow, cancel, view.Batch)))
    {
        Help = Carousels.StartMeaning,
        Equivalent = () => [new CommandLine("carousel", "start", JobText.NumberOf(view.Batch))],
    };

    public static FormModel Stop(ConsoleContext context, CarouselView view) => new(
        Carousels.StopTitle,
        [new InfoEntry("meaning", () => Carousels.StopMeaning)],
        new FormAction("stop", Carousels.StopAction, cancel => context.Session.CallAsync(CarouselApi.Stop, cancel, view.Batch)))
    {
        Help = Carousels.StopMeaning,
        Equivalent = () => [new CommandLine("carousel", "stop", JobText.NumberOf(view.Batch))],
    };
}
