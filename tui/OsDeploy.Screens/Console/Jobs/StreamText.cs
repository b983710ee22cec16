using System.Globalization;
using OsDeploy.Api.Carousels;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>The stream to the hosts of a batch in words, the same on every screen.</summary>
internal static class StreamText
{
    private const int MostNames = 6;

    /// <summary>How it goes, why, who is awaited, and who went to HTTPS: a line each, and none that says nothing.</summary>
    public static IReadOnlyList<string> Of(CarouselView view)
    {
        if (view.Id is null)
        {
            return [Language.Fill(Carousels.NoStream, view.Reason)];
        }

        return [.. new[] { Language.Fill(Carousels.Stream, StateOf(view)), view.Reason, AwaitedOf(view), UnicastOf(view) }.Where(line => line.Length > 0)];
    }

    /// <summary><c>gets the stream, 3299 blocks missing</c></summary>
    public static string Of(CarouselHost host)
    {
        var word = host.Standing switch
        {
            CarouselStanding.Awaited => Carousels.Awaited,
            CarouselStanding.Ready => Carousels.Ready,
            CarouselStanding.Receiving => Carousels.Receiving,
            CarouselStanding.Complete => Carousels.Complete,
            CarouselStanding.Unicast => Carousels.Unicast,
            CarouselStanding.Gone => Carousels.Gone,
            _ => host.Standing.ToString(),
        };
        var missing = host.Missing > 0 && host.Standing is CarouselStanding.Receiving or CarouselStanding.Unicast ? Language.Fill(Carousels.Missing, host.Missing) : "";
        return string.Join(", ", new[] { word, missing, host.Reason ?? "" }.Where(part => part.Length > 0));
    }

    /// <summary>Names of the hosts that have not come.</summary>
    public static IReadOnlyList<string> MissingHosts(CarouselView view) => [.. view.Hosts.Where(host => host.Standing == CarouselStanding.Awaited).Select(host => host.Name)];

    private static string StateOf(CarouselView view) => view.State switch
    {
        CarouselState.Gathering => Carousels.Gathering,
        CarouselState.Sending => string.Join(", ", new[]
        {
            Carousels.Sending,
            view.Pass > 0 ? Language.Fill(Carousels.Pass, view.Pass, view.Sent, view.Planned) : "",
            JobText.Rate(view.BytesPerSecond),
            view.Loss > 0 ? Language.Fill(Carousels.Loss, string.Create(CultureInfo.InvariantCulture, $"{view.Loss * 100:0.#}")) : "",
        }.Where(part => part.Length > 0)),
        _ => Carousels.Ended,
    };

    private static string AwaitedOf(CarouselView view)
    {
        if (view.State != CarouselState.Gathering)
        {
            return "";
        }

        var missing = MissingHosts(view);
        var when = view.StartsIn is { } seconds ? Language.Fill(Carousels.StartsIn, (long)Math.Max(0, Math.Ceiling(seconds))) : Carousels.StartsWhenEnough;
        return missing.Count == 0 ? when : Language.Fill(Carousels.NotThere, when, NamesOf(missing));
    }

    private static string UnicastOf(CarouselView view)
    {
        var groups = view.Hosts.Where(host => host.Standing == CarouselStanding.Unicast).GroupBy(host => host.Reason ?? "")
            .Select(group => NamesOf([.. group.Select(host => host.Name)]) + (group.Key.Length > 0 ? $" ({group.Key})" : "")).ToList();
        return groups.Count == 0 ? "" : Language.Fill(Carousels.ByHttps, string.Join("; ", groups));
    }

    private static string NamesOf(IReadOnlyList<string> names) => names.Count > MostNames + 1
        ? Language.Fill(Carousels.AndMore, string.Join(", ", names.Take(MostNames)), names.Count - MostNames)
        : string.Join(", ", names);
}
