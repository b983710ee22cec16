using System.Globalization;
using OsDeploy.Benchmarks.Lines;
using OsDeploy.Benchmarks.Streams;
using OsDeploy.Benchmarks.Volumes;
using static OsDeploy.Benchmarks.Lines.Goal;

namespace OsDeploy.Benchmarks.Trials;

/// <summary>
/// Whole rooms: the real daemon and the real agents with a disk each, over shaped links, until every host is verified. All of it runs on this
/// computer's processor, which no real room does.
/// </summary>
internal static class CarouselRoomTrials
{
    private const string Unicast = "unicast";
    private const string FullDuplex = "udpcast-full-duplex-zstd";
    private const string HalfDuplex = "udpcast-half-duplex-zstd";
    private const int Class = 8;
    private const int ClassRate = 200;

    public static IReadOnlyList<Trial> All(bool quick) =>
    [
        Links(2, 1000, VolumeRecipe.Ntfs(quick), hasUnicast: true),
        Links(Class, ClassRate, VolumeRecipe.SmallNtfs(quick), hasUnicast: true),
        Links(30, 50, VolumeRecipe.SmallNtfs(quick), hasUnicast: false),
        Mishaps(VolumeRecipe.SmallNtfs(quick)),
    ];

    /// <param name="hasUnicast">By HTTPS as well: 30 hosts at one link of 50 Mbit/s take a quarter of an hour for what a division tells.</param>
    private static Trial Links(int hosts, int rate, VolumeRecipe volume, bool hasUnicast)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"restore-room-{hosts}-{rate}mbit");
        return new Trial(
            name,
            volume,
            Images: [ApplianceContenders.CaptureAppliance],
            Contenders: [Own(Contenders.Osdeploy, hosts, rate), .. hasUnicast ? [Own(Unicast, hosts, rate, "--unicast")] : Array.Empty<Contender>(), Udpcast(FullDuplex, "full", hosts, rate), Udpcast(HalfDuplex, "half", hosts, rate)],
            Lines:
            [
                new(name, Quantity.DiskShareOfLink, Contenders.Osdeploy, Goal: AtLeast(0.9)),
                new(name, Quantity.WriteShareOfLink, Contenders.Osdeploy),
                new(name, Quantity.ToDisk, Contenders.Osdeploy, FullDuplex, AtLeast(2)),
                new(name, Quantity.ToDisk, Contenders.Osdeploy, HalfDuplex, AtLeast(2)),
                .. hasUnicast ? [new Line(name, Quantity.ToDisk, Contenders.Osdeploy, Unicast)] : Array.Empty<Line>(),
                new(name, Quantity.HostsVerified, Contenders.Osdeploy, Goal: AtLeast(hosts)),
                new(name, Quantity.SenderCpu, Contenders.Osdeploy),
                new(name, Quantity.HostCpu, Contenders.Osdeploy),
                new(name, Quantity.EachHost, Contenders.Osdeploy),
            ],
            Hosts: hosts);
    }

    /// <summary>What befalls one of eight changes next to nothing for the others, and one that comes late is soon done too.</summary>
    private static Trial Mishaps(VolumeRecipe volume)
    {
        const string Name = "restore-room-mishaps";
        return new Trial(
            Name,
            volume,
            Images: [ApplianceContenders.CaptureAppliance],
            Contenders:
            [
                Own(Contenders.Osdeploy, Class, ClassRate),
                .. new[] { RoomMishap.Killed, RoomMishap.Slow, RoomMishap.Late }.Select(mishap => Own(NameOf(mishap), Class, ClassRate, $"--mishap {mishap}")),
            ],
            Lines:
            [
                .. new[] { RoomMishap.Killed, RoomMishap.Slow, RoomMishap.Late }.Select(mishap => new Line(Name, Quantity.HealthyTime, NameOf(mishap), Contenders.Osdeploy, AtMost(1.1))),
                new(Name, Quantity.LastTime, NameOf(RoomMishap.Late), Contenders.Osdeploy, AtMost(1.6)),
                new(Name, Quantity.HostsVerified, NameOf(RoomMishap.Killed), Goal: AtLeast(Class - 1)),
                new(Name, Quantity.HostsVerified, NameOf(RoomMishap.Slow), Goal: AtLeast(Class - 1)),
                new(Name, Quantity.HostsVerified, NameOf(RoomMishap.Late), Goal: AtLeast(Class)),
            ],
            Hosts: Class);
    }

    private static string NameOf(RoomMishap mishap) => mishap.ToString().ToLowerInvariant();

    private static Contender Own(string name, int hosts, int rate, string more = "") => new(
        name,
        [Contenders.Osdeploy, ApplianceContenders.Osdeployd, "ip", "tc"],
        string.Create(CultureInfo.InvariantCulture, $"""
            "$BENCH" streamed-room --receivers {hosts} --rate {rate} {more} --data "$IMAGES/osdeploy" --folder "$OUT" --password-file "$DAEMON/password" --osdeploy "$OSDEPLOY" --osdeployd "$OSDEPLOYD" > "$REPORT"
            """),
        Image: Contenders.Osdeploy);

    private static Contender Udpcast(string name, string duplex, int hosts, int rate) => new(
        name,
        ["ip", "tc", "udp-sender", "udp-receiver", "zstd"],
        string.Create(CultureInfo.InvariantCulture, $"""
            "$BENCH" udpcast-disks --receivers {hosts} --rate {rate} --duplex {duplex} --data "$IMAGES/osdeploy" --folder "$OUT" > "$REPORT"
            """),
        Image: Contenders.Osdeploy);
}
