using OsDeploy.Images;
using OsDeploy.Imaging;

namespace OsDeploy.Cli.Demo;

/// <summary>The main job told on two disk image files: capture, restore, change, capture again, restore again.</summary>
internal sealed class Demonstration(Session session, DemoFolder folder)
{
    // Larger than the master, so that a partition grows and another moves.
    private const long TargetSize = MasterDisk.Size + (400L << 20);

    public const string ImageName = "demo";

    private static readonly ImageName s_image = Images.ImageName.Parse(ImageName);

    public async Task<DemoResult> RunAsync(CancellationToken cancel)
    {
        var master = new MasterDisk(folder);
        Say("1. Making a master disk with Windows and Linux partitions and real files in them.");
        await master.MakeAsync(cancel);
        await master.FillAsync(cancel);
        Say("2. Capturing it.");
        var firstCapture = await CaptureAsync(cancel);
        Say("3. Restoring it onto a blank, larger disk, and reading all of it back.");
        MasterDisk.MakeBlank(folder.Target, TargetSize);
        var firstRestore = await RestoreAsync(cancel);
        Say("4. A day later: some files on the master changed. Capturing it again.");
        await master.UseAsync(cancel);
        var secondCapture = await CaptureAsync(cancel);
        Say("5. Restoring the new version onto the same disk: only what differs moves.");
        var secondRestore = await RestoreAsync(cancel);
        Say("6. Comparing the disks file by file.");
        var files = await CompareAsync(MasterDisk.WindowsPartition, cancel) + await CompareAsync(MasterDisk.LinuxPartition, cancel);
        return new DemoResult(firstCapture, firstRestore, secondCapture, secondRestore, files);
    }

    private Task<CaptureReport> CaptureAsync(CancellationToken cancel) =>
        CaptureJob.RunAsync(session, [folder.Master], folder.Store, new CaptureOptions(ImageKind.Image, s_image), cancel);

    private Task<RestoreReport> RestoreAsync(CancellationToken cancel)
    {
        // The firmware of the computer that runs the demonstration says nothing about a disk image file.
        var options = new RestoreOptions(ImageKind.Image, s_image, Verify: VerifyMode.All, AllowOtherFirmware: true);
        return RestoreJob.RunAsync(session, [folder.Target], folder.Store, options, version: null, isYes: true, limit: 0, cancel);
    }

    private async Task<int> CompareAsync(int partition, CancellationToken cancel)
    {
        await using var master = await MountedPartition.MountAsync(folder, folder.Master, partition, isReadOnly: true, cancel);
        await using var target = await MountedPartition.MountAsync(folder, folder.Target, partition, isReadOnly: true, cancel);
        return SampleFiles.CountIfEqual(master.Path, target.Path, cancel) ?? throw Errors.DemoDiffers(partition);
    }

    private void Say(string step) => session.Terminal.Talk.WriteLine(step);
}
