using System.Globalization;
using OsDeploy.Api.Carousels;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>Streams of chunks to many hosts, and their settings, for people.</summary>
internal static class CarouselText
{
    public static void Write(TextWriter writer, MulticastSettings settings) => new Facts()
        .Add("mode", Words.Of(settings.Mode))
        .Add("network card", settings.Interface ?? "the one that serves PCs")
        .Add("groups", settings.Mode == MulticastMode.Multicast ? $"{settings.Group}, and the next {MulticastSettings.MostCarousels - 1}" : null)
        .Add("ports", string.Create(CultureInfo.InvariantCulture, $"{settings.Port} to {settings.Port + MulticastSettings.MostCarousels - 1}"))
        .Add("TTL", settings.Mode == MulticastMode.Multicast ? settings.Ttl.ToString(CultureInfo.InvariantCulture) : null)
        .Add("limit", settings.MostBytesPerSecond == 0 ? "as much as the median host takes" : ByteRate.WordOf(settings.MostBytesPerSecond) + "/s")
        .Add("querier", settings.Querier ? "on" : "off")
        .Write(writer);

    public static void WriteList(TextWriter writer, IReadOnlyList<CarouselView> carousels)
    {
        if (carousels.Count == 0)
        {
            writer.WriteLine("No batch is served at once, nor was one in the last hour.");
        }

        for (var i = 0; i < carousels.Count; i++)
        {
            if (i > 0)
            {
                writer.WriteLine();
            }

            Write(writer, carousels[i]);
        }
    }

    public static void Write(TextWriter writer, CarouselView carousel)
    {
        new Facts()
            .Add("batch", JobText.NumberOf(carousel.Batch))
            .Add("state", Words.Of(carousel.State))
            .Add("reason", carousel.Reason)
            .Add("image", carousel.Image is { } image ? $"{image}{(carousel.Version is { } version ? "@" + version.Short : "")}" : null)
            .Add("target", carousel.Target)
            .Add("pass", carousel.Pass > 0 ? string.Create(CultureInfo.InvariantCulture, $"{carousel.Pass}, {carousel.Sent} of {Words.Count((int)Math.Min(carousel.Planned, int.MaxValue), "chunk")} sent") : null)
            .Add("rate", carousel.State == CarouselState.Sending ? RateOf(carousel.BytesPerSecond) : null)
            .Add("loss", carousel.Pass > 0 ? $"{PercentOf(carousel.Loss)} at the median host, {PercentOf(carousel.Parity)} more sent for repair" : null)
            .Write(writer);
        if (carousel.State == CarouselState.Gathering)
        {
            writer.WriteLine(Awaited(carousel));
        }

        WriteHosts(writer, carousel.Hosts);
    }

    /// <summary><c>starts in 12 s without: r101-03, r101-07</c></summary>
    private static string Awaited(CarouselView carousel)
    {
        var missing = carousel.Hosts.Where(host => host.Standing == CarouselStanding.Awaited).Select(host => Printable.Of(host.Name)).ToList();
        var when = carousel.StartsIn is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"starts in {Math.Max(0, Math.Ceiling(seconds)):0} s") : "starts when enough hosts are there";
        return missing.Count == 0 ? when
            : carousel.StartsIn is null ? $"{when}; missing: {string.Join(", ", missing)}"
            : $"{when} without: {string.Join(", ", missing)}";
    }

    private static void WriteHosts(TextWriter writer, IReadOnlyList<CarouselHost> hosts)
    {
        if (hosts.Count == 0)
        {
            return;
        }

        var table = new TextTable("HOST", "STANDING", ">MISSING", ">RATE", ">LOSS", "BECAUSE");
        foreach (var host in hosts)
        {
            var isHeard = host.Standing is not (CarouselStanding.Awaited or CarouselStanding.Gone);
            table.Add(
                host.Name,
                host.Standing == CarouselStanding.Unicast ? "by HTTPS" : Words.Of(host.Standing),
                isHeard ? host.Missing.ToString(CultureInfo.InvariantCulture) : "-",
                host.Standing == CarouselStanding.Receiving ? RateOf(host.BytesPerSecond) : "-",
                host.Standing == CarouselStanding.Receiving ? PercentOf(host.Loss) : "-",
                host.Reason ?? "");
        }

        table.Write(writer);
    }

    private static string RateOf(double bytesPerSecond) => Sizes.Of((long)bytesPerSecond) + "/s";

    private static string PercentOf(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %");
}
