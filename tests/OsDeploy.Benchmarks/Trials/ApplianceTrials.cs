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
        return [Capture(volume), Restore(volume), Serve(volume)];
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
}
