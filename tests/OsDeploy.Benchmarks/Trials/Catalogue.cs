using OsDeploy.Benchmarks.Lines;
using OsDeploy.Benchmarks.Volumes;
using static OsDeploy.Benchmarks.Lines.Goal;
using static OsDeploy.Benchmarks.Trials.Contenders;

namespace OsDeploy.Benchmarks.Trials;

/// <summary>All that is measured, and every goal.</summary>
internal static class Catalogue
{
    private const int SlowDiskOperations = 120;

    public static IReadOnlyList<Trial> All(bool quick)
    {
        VolumeRecipe[] volumes = [VolumeRecipe.Ntfs(quick), VolumeRecipe.Ext4(quick)];
        return
        [
            .. volumes.Select(Capture),
            .. volumes.Select(RestoreFull),
            .. volumes.Select(RestoreDrift),
            .. volumes.Select(RestoreUpdate),
            .. volumes.Select(RestoreEqual),
            .. volumes.Select(SecondVersion),
            SlowDiskCapture(volumes[0]),
            SlowDiskRestore(volumes[0]),
            .. ApplianceTrials.All(quick),
            .. StreamTrials.All(quick),
            .. CarouselRoomTrials.All(quick),
            BootTrials.Room,
            ScreenTrials.Console(quick),
        ];
    }

    private static Trial Capture(VolumeRecipe volume)
    {
        var name = "capture-" + volume.FileSystem;
        return new Trial(
            name,
            volume,
            Contenders:
            [
                CaptureOsdeploy, CaptureClonezilla(volume.Partclone), CaptureFastest(volume.Partclone),
                CapturePigz(volume.Partclone), CapturePartimage, CaptureCasync, BareHashSource,
            ],
            Lines:
            [
                new(name, Quantity.Speed, Osdeploy, Clonezilla, AtLeast(2.5)),
                new(name, Quantity.Speed, Osdeploy, Fastest, AtLeast(1.2)),
                new(name, Quantity.Speed, Osdeploy, Pigz),
                new(name, Quantity.Speed, Osdeploy, Partimage),
                new(name, Quantity.Speed, Osdeploy, Casync),
                new(name, Quantity.Speed, Osdeploy, Bare),
                new(name, Quantity.Cpu, Osdeploy, Clonezilla, AtMost(0.5)),
                new(name, Quantity.Stored, Osdeploy, Clonezilla, AtMost(1.10)),
                new(name, Quantity.Stored, Osdeploy, Casync),
                .. EachRun(name, Osdeploy),
            ]);
    }

    private static Trial RestoreFull(VolumeRecipe volume)
    {
        var name = "restore-full-" + volume.FileSystem;
        return new Trial(
            name,
            volume,
            Images: [CaptureOsdeploy, CaptureClonezilla(volume.Partclone), CaptureFastest(volume.Partclone)],
            Target: new Target(Holds: Day.Later, Becomes: Day.First, IsReset: false),
            Contenders: [RestoreFullOsdeploy, RestoreClonezilla, RestoreFastest, RestoreFullSampleOsdeploy],
            Lines:
            [
                new(name, Quantity.Speed, OsdeployFull, Clonezilla, AtLeast(2.5)),
                new(name, Quantity.Speed, OsdeployFull, Fastest, AtLeast(1.2)),
                new(name, Quantity.Cpu, OsdeployFull, Clonezilla, AtMost(0.4)),
                new(name, Quantity.Speed, OsdeploySample, Clonezilla),
                .. EachRun(name, OsdeployFull),
                .. EachRun(name, OsdeploySample),
            ]);
    }

    private static Trial RestoreDrift(VolumeRecipe volume)
    {
        var name = "restore-drift-" + volume.FileSystem;
        return new Trial(
            name,
            volume,
            Images: [CaptureOsdeploy, CaptureClonezilla(volume.Partclone)],
            Target: new Target(Holds: Day.Later, Becomes: Day.First, IsReset: true),
            Contenders: [RestoreOsdeploy, RestoreClonezilla, RestoreFullOsdeploy],
            Lines:
            [
                .. Moved(name),
                new(name, Quantity.Speed, Osdeploy, Clonezilla, AtLeast(3)),
                new(name, Quantity.Speed, Osdeploy, OsdeployFull, AtLeast(1.3)),
                .. EachRun(name, Osdeploy),
            ]);
    }

    /// <summary>The other way: a new version onto disks that hold the old one.</summary>
    private static Trial RestoreUpdate(VolumeRecipe volume)
    {
        var name = "restore-update-" + volume.FileSystem;
        return new Trial(
            name,
            volume,
            Images: [CaptureLaterOsdeploy],
            Target: new Target(Holds: Day.First, Becomes: Day.Later, IsReset: true),
            Contenders: [RestoreOsdeploy],
            Lines: [.. Moved(name), .. EachRun(name, Osdeploy)]);
    }

    private static Trial RestoreEqual(VolumeRecipe volume)
    {
        var name = "restore-equal-" + volume.FileSystem;
        return new Trial(
            name,
            volume,
            Images: [CaptureOsdeploy],
            Target: new Target(Holds: Day.First, Becomes: Day.First, IsReset: false),
            Contenders: [RestoreOsdeploy, BareHashTarget],
            Lines:
            [
                new(name, Quantity.Fetched, Osdeploy, Goal: AtMost(0)),
                new(name, Quantity.Written, Osdeploy, Goal: AtMost(0)),
                new(name, Quantity.Speed, Osdeploy, Bare, AtLeast(0.85)),
                .. EachRun(name, Osdeploy),
            ]);
    }

    private static Trial SecondVersion(VolumeRecipe volume)
    {
        var name = "second-version-" + volume.FileSystem;
        return new Trial(
            name,
            volume,
            Contenders: [CaptureOsdeploy, CaptureSecondOsdeploy],
            Lines:
            [
                new(name, Quantity.Stored, OsdeploySecond, Osdeploy, AtMost(0.22)),
                new(name, Quantity.Speed, OsdeploySecond, Osdeploy),
                .. EachRun(name, OsdeploySecond),
            ]);
    }

    private static Trial SlowDiskCapture(VolumeRecipe volume)
    {
        const string Name = "slow-disk-capture";
        return new Trial(
            Name,
            volume,
            Contenders: [CaptureOsdeploy],
            Lines: [new(Name, Quantity.Speed, Osdeploy, Goal: AtLeast(60)), .. EachRun(Name, Osdeploy)],
            StoreOperationsPerSecond: SlowDiskOperations);
    }

    private static Trial SlowDiskRestore(VolumeRecipe volume)
    {
        const string Name = "slow-disk-restore";
        return new Trial(
            Name,
            volume,
            Images: [CaptureOsdeploy],
            Target: new Target(Holds: Day.Later, Becomes: Day.First, IsReset: false),
            Contenders: [RestoreFullOsdeploy],
            Lines: [new(Name, Quantity.Speed, OsdeployFull, Goal: AtLeast(60)), .. EachRun(Name, OsdeployFull)],
            StoreOperationsPerSecond: SlowDiskOperations);
    }

    private static Line[] Moved(string trial) =>
    [
        new(trial, Quantity.Fetched, Osdeploy, Line.UsedData, AtMost(0.10)),
        new(trial, Quantity.Written, Osdeploy, Line.UsedData, AtMost(0.20)),
    ];

    public static Line[] EachRun(string trial, string contender) =>
    [
        new(trial, Quantity.Throughput, contender),
        new(trial, Quantity.Memory, contender, Goal: AtMost(250)),
    ];
}
