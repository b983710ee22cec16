using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Imaging;
using OsDeploy.MachineTests.Disks;

namespace OsDeploy.MachineTests.Imaging;

/// <summary>A store in a temporary folder, and capture and restore as an operator would ask for them.</summary>
internal sealed class ImagingLab : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-lab-");

    public static readonly ImageName Image = ImageName.Parse("lab");

    public string StorePath => Path.Combine(_folder.FullName, "store");

    /// <summary>A fresh folder of this lab, for files on their way into a disk.</summary>
    public string NewFolder() => _folder.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static CaptureOptions Capturing => new(ImageKind.Image, Image);

    public static RestoreOptions Restoring => new(ImageKind.Image, Image, Verify: VerifyMode.All);

    public FolderImageStore OpenStore() => FolderImageStore.Open(StorePath, create: true, TimeProvider.System);

    public Task<CaptureReport> CaptureAsync(TestDisk disk, CaptureOptions? options = null) => CaptureAsync([disk], options);

    public async Task<CaptureReport> CaptureAsync(IReadOnlyList<TestDisk> disks, CaptureOptions? options = null)
    {
        await using var store = OpenStore();
        return await new Capture(store, TimeProvider.System, new JobProgress()).RunAsync([.. disks.Select(disk => disk.Path)], options ?? Capturing, Cancel);
    }

    public Task<RestoreReport> RestoreAsync(TestDisk disk, RestoreOptions? options = null) => RestoreAsync([disk], options);

    public async Task<RestoreReport> RestoreAsync(IReadOnlyList<TestDisk> disks, RestoreOptions? options = null)
    {
        await using var store = OpenStore();
        await using var plan = await new Restore(store, new JobProgress()).PrepareAsync([.. disks.Select(disk => disk.Path)], options ?? Restoring, Cancel);
        return await plan.RunAsync(Cancel);
    }

    /// <summary>Restores and cancels once so many chunks were fetched.</summary>
    public async Task RestoreUntilAsync(TestDisk disk, int chunks, RestoreOptions? options = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var store = OpenStore();
        var stopping = new StoreThatStops(store, chunks, stop.Cancel);
        await using var plan = await new Restore(stopping, new JobProgress()).PrepareAsync([disk.Path], options ?? Restoring, Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => plan.RunAsync(stop.Token));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
