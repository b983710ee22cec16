using System.Globalization;
using OsDeploy.Benchmarks.Lines;
using OsDeploy.Benchmarks.Streams;
using static OsDeploy.Benchmarks.Lines.Goal;

namespace OsDeploy.Benchmarks.Trials;

/// <summary>
/// One stream to many receivers over shaped links: transport and putting together, without unpacking and without disks. All receivers share
/// this computer's processor with the sender, which no real room does.
/// </summary>
internal static class StreamTrials
{
    private const string Carousel = "carousel";
    private const string FullDuplex = "udpcast-full-duplex";
    private const string HalfDuplex = "udpcast-half-duplex";
    private const string Http = "http";
    private const string Lossy = "loss-5";
    private const int Gigabit = 1000;
    private const int Class = 8;

    public static IReadOnlyList<Trial> All(bool quick) =>
        [Links(1, Gigabit, quick), Links(4, Gigabit, quick), Links(Class, Gigabit, quick), Links(30, 100, quick), Mishaps(quick)];

    private static Trial Links(int receivers, int rate, bool quick)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"stream-{receivers}-{rate}mbit");
        var megabytes = MegabytesOf(rate, quick);
        return new Trial(
            name,
            Volume: null,
            Contenders: [Own(Carousel, receivers, rate, megabytes), Peer(FullDuplex, receivers, rate, megabytes), Peer(HalfDuplex, receivers, rate, megabytes), Peer(Http, receivers, rate, megabytes)],
            Lines:
            [
                new(name, Quantity.ShareOfLink, Carousel, Goal: rate == Gigabit ? AtLeast(0.95) : null),
                new(name, Quantity.ToEach, Carousel, FullDuplex, AtLeast(2)),
                new(name, Quantity.ToEach, Carousel, HalfDuplex, AtLeast(2)),
                new(name, Quantity.ToEach, Carousel, Http),
                new(name, Quantity.StreamCpu, Carousel),
            ]);
    }

    /// <summary>What befalls one of eight, or all of them, changes next to nothing for the others.</summary>
    private static Trial Mishaps(bool quick)
    {
        const string Name = "stream-mishaps";
        const int Rate = 200;
        var megabytes = MegabytesOf(Rate, quick);
        return new Trial(
            Name,
            Volume: null,
            Contenders:
            [
                Own(Carousel, Class, Rate, megabytes),
                .. new[] { Mishap.Frozen, Mishap.Killed, Mishap.Slow }.Select(mishap => Own(NameOf(mishap), Class, Rate, megabytes, $"--mishap {mishap}")),
                Own(Lossy, Class, Rate, megabytes, "--loss 0.05"),
            ],
            Lines:
            [
                .. new[] { Mishap.Frozen, Mishap.Killed, Mishap.Slow }.Select(mishap => new Line(Name, Quantity.ToAll, NameOf(mishap), Carousel, AtMost(1.1))),
                new(Name, Quantity.ToAll, Lossy, Carousel, AtMost(1.25)),
            ]);
    }

    // Ten seconds' worth, or one.
    private static int MegabytesOf(int rate, bool quick) => rate / 8 * (quick ? 1 : 10);

    private static string NameOf(Mishap mishap) => mishap.ToString().ToLowerInvariant();

    private static Contender Own(string name, int receivers, int rate, int megabytes, string more = "") => new(
        name,
        ["ip", "tc", "nft"],
        string.Create(CultureInfo.InvariantCulture, $"""
            "$BENCH" stream {receivers} --rate {rate} --megabytes {megabytes} {more} > "$REPORT"
            """));

    private static Contender Peer(string by, int receivers, int rate, int megabytes) => new(
        by,
        by == Http ? ["ip", "tc", "nginx", "curl"] : ["ip", "tc", "udp-sender", "udp-receiver"],
        string.Create(CultureInfo.InvariantCulture, $"""
            "$BENCH" peer-stream {receivers} --rate {rate} --megabytes {megabytes} --by {by} --folder "$OUT" > "$REPORT"
            """));
}
