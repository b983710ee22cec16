using OsDeploy.Benchmarks.Lines;
using OsDeploy.Benchmarks.Volumes;
using static OsDeploy.Benchmarks.Lines.Goal;
using static OsDeploy.Benchmarks.Trials.ApplianceContenders;
using static OsDeploy.Benchmarks.Trials.Contenders;

namespace OsDeploy.Benchmarks.Trials;

/// <summary>All that is measured of the daemon. Client and daemon share this computer's processor.</summary>
internal static class ApplianceTrials
{
    public static IReadOnlyList<Trial> All(bool quick)
    {
        var volume = VolumeRecipe.Ntfs(quick);
        return [Capture(volume), Restore(volume), Serve(volume), Polling(volume, quick), Agents(volume), Many(VolumeRecipe.SmallNtfs(quick))];
    }

    /// <summary>Through HTTPS on the loopback, beside the same into a folder.</summary>
    private static Trial Capture(VolumeRecipe volume)
    {
        var name = "capture-https-" + volume.FileSystem;
        return new Trial(
            name,
            volume,
            Contenders: [CaptureOsdeploy, CaptureHttps],
            Lines: [new(name, Quantity.Speed, OsdeployHttps, Osdeploy, AtLeast(0.6)), .. Catalogue.EachRun(name, OsdeployHttps)]);
    }

    /// <summary>All of a disk that holds the later day, beside the same from a folder.</summary>
    private static Trial Restore(VolumeRecipe volume)
    {
        var name = "restore-https-" + volume.FileSystem;
        return new Trial(
            name,
            volume,
            Images: [CaptureAppliance],
            Target: new Target(Holds: Day.Later, Becomes: Day.First, IsReset: false),
            Contenders: [RestoreFullOsdeploy, RestoreHttps],
            Lines: [new(name, Quantity.Speed, OsdeployHttps, OsdeployFull, AtLeast(0.6)), .. Catalogue.EachRun(name, OsdeployHttps)]);
    }

    /// <summary>
    /// Every chunk of an image once, over four kept connections of TLS 1.3, out of warm caches: the daemon from its packs, nginx from a file
    /// each. By the same client, certificates of the same kind.
    /// </summary>
    private static Trial Serve(VolumeRecipe volume)
    {
        const string Name = "serve-chunks";
        return new Trial(
            Name,
            volume,
            Images: [CaptureUnpacked],
            Contenders: [ServeOsdeploy, ServeNginx],
            Lines: [new(Name, Quantity.Served, Osdeploy, Nginx, AtLeast(1.0))]);
    }

    /// <summary>300 idle hosts poll while 8 restore: nobody waits for an answer, and the daemon stays small.</summary>
    private static Trial Polling(VolumeRecipe volume, bool quick)
    {
        const string Name = "room-300";
        const int Restorers = 8;
        return new Trial(
            Name,
            volume,
            Images: [CaptureAppliance],
            Contenders: [RoomOf(Room, pollers: 300, Restorers, seconds: quick ? 10 : 60)],
            Lines:
            [
                new(Name, Quantity.PollP50, Room),
                new(Name, Quantity.PollP99, Room, Goal: AtMost(200)),
                new(Name, Quantity.DaemonMemory, Room, Goal: AtMost(300)),
                .. EachRoom(Name, Room, Restorers),
            ]);
    }

    /// <summary>What four that restore at once get together, beside one alone.</summary>
    private static Trial Agents(VolumeRecipe volume)
    {
        const string Name = "agents-4";
        return new Trial(
            Name,
            volume,
            Images: [CaptureAppliance],
            Contenders: [RoomOf(OneAgent, pollers: 0, restorers: 1, seconds: 0), RoomOf(FourAgents, pollers: 0, restorers: 4, seconds: 0)],
            Lines:
            [
                new(Name, Quantity.Together, FourAgents, OneAgent),
                new(Name, Quantity.DaemonMemory, FourAgents),
                new(Name, Quantity.Verified, FourAgents, Goal: AtLeast(4)),
                new(Name, Quantity.LostCalls, FourAgents, Goal: AtMost(0)),
            ]);
    }

    /// <summary>A hundred hosts restore one image at once, and all end well. A small image: it is fetched a hundred times.</summary>
    private static Trial Many(VolumeRecipe volume)
    {
        const string Name = "room-100";
        const int Restorers = 100;
        return new Trial(
            Name,
            volume,
            Images: [CaptureAppliance],
            Contenders: [RoomOf(Room, pollers: 0, Restorers, seconds: 0)],
            Lines:
            [
                new(Name, Quantity.RestoreTime, Room),
                new(Name, Quantity.DaemonMemory, Room),
                .. EachRoom(Name, Room, Restorers),
            ]);
    }

    private static Line[] EachRoom(string trial, string contender, int restorers) =>
    [
        new(trial, Quantity.Together, contender),
        new(trial, Quantity.Verified, contender, Goal: AtLeast(restorers)),
        new(trial, Quantity.LostCalls, contender, Goal: AtMost(0)),
    ];
}
