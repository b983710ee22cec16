using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Storage;
using OsDeploy.Tests.Images;

namespace OsDeploy.MachineTests.Stores;

/// <summary>A disk without room says so, and what it had is still there.</summary>
public sealed class DiskFullTests
{
    private const int PageSize = 4096;

    public DiskFullTests() => Root.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_fsync_that_fails_is_reported()
    {
        // .NET's own calls report nothing here: the file system takes the bytes, and the disk below it has no room for them.
        await using var full = await TestVolume.InMemoryAsync(24 << 20);
        await using var disk = await TestVolume.FormatAsync(full["disk.img"], 128 << 20, "mkfs.ext4", "-q", "-O", "^has_journal", "-m", "0");
        using var file = File.OpenHandle(disk["file"], FileMode.CreateNew, FileAccess.Write);
        var noise = new byte[64 << 20];
        new Random(1).NextBytes(noise);
        RandomAccess.Write(file, noise, 0);
        var error = Assert.Throws<UserErrorException>(() => DurableFile.Sync(file, disk["file"]));
        Assert.Contains(error.Code, new[] { "disk-write-failed", "disk-full" });
    }

    [Fact]
    public async Task After_a_failed_fsync_a_store_says_no_to_everything()
    {
        await using var full = await TestVolume.InMemoryAsync(24 << 20);
        await using var disk = await TestVolume.FormatAsync(full["disk.img"], 128 << 20, "mkfs.ext4", "-q", "-O", "^has_journal", "-m", "0");
        await using var store = FolderImageStore.Open(disk["store"], create: true, TimeProvider.System);
        await using var lease = await store.BeginCaptureAsync(ImageKind.Image, ImageName.Parse("lab"), Cancel);
        var large = SampleImage.Of(Enumerable.Range(0, 20), chunkSize: 4 << 20); // half noise: 40 MiB for a disk with 24
        await large.WriteChunksAsync(store.Chunks, Cancel);
        var error = await Assert.ThrowsAsync<UserErrorException>(async () => await store.Chunks.FlushAsync(Cancel));
        var id = large.Chunks[0].Id;
        var later = new Func<Task>[]
        {
            async () => await store.Chunks.FlushAsync(Cancel),
            async () => await store.Chunks.HasAsync(new[] { id }, Cancel),
            async () => await store.Chunks.ReadAsync(id, new byte[5 << 20], Cancel),
            async () => await store.Chunks.WriteAsync(id, large.Chunks[0].Frame, Cancel),
            () => store.BeginCaptureAsync(ImageKind.Image, ImageName.Parse("lab"), Cancel),
        };
        foreach (var call in later)
        {
            Assert.Equal(error.Code, (await Assert.ThrowsAsync<UserErrorException>(call)).Code);
        }

        Assert.Empty(Directory.EnumerateFiles(disk["store/packs"]));
        Assert.Empty(Directory.EnumerateFiles(disk["store/incoming"])); // nobody must ever salvage it
    }

    [Fact]
    public async Task A_write_protected_store_can_be_read_and_says_no_to_a_capture()
    {
        var image = SampleImage.Of(Enumerable.Range(0, 20));
        await using var disk = await TestVolume.InMemoryAsync(4 << 20);
        await using (var store = FolderImageStore.Open(disk["store"], create: true, TimeProvider.System))
        {
            await image.StoreAsync(store, Cancel);
        }

        await new Command("mount", "-o", "remount,ro", disk.Folder).RunAsync(Cancel);
        await using var readOnly = FolderImageStore.Open(disk["store"], create: false, TimeProvider.System);
        await image.AssertRestorableAsync(readOnly, Cancel);
        Assert.Empty((await readOnly.CheckAsync(null, new Meter(), Cancel)).Faults);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => readOnly.BeginCaptureAsync(ImageKind.Image, image.Name, Cancel));
        Assert.Equal("write-denied", error.Code);
    }

    [Fact]
    public async Task A_file_that_does_not_fit_is_not_written_at_all()
    {
        await using var disk = await TestVolume.InMemoryAsync(1 << 20);
        DurableFile.Write(disk["a"], "old"u8, overwrite: true);
        var error = Assert.Throws<UserErrorException>(() => DurableFile.Write(disk["a"], new byte[2 << 20], overwrite: true));
        Assert.Equal("disk-full", error.Code);
        Assert.Equal("old", await File.ReadAllTextAsync(disk["a"], Cancel));
        Assert.Single(Directory.EnumerateFiles(disk.Folder));
    }

    [Fact]
    public async Task With_any_amount_of_room_a_capture_succeeds_or_leaves_the_store_as_it_was()
    {
        var (small, large) = (SampleImage.Of(Enumerable.Range(0, 20), day: 1), SampleImage.Of(Enumerable.Range(20, 30), day: 2));
        var (captured, refused) = (0, 0);
        for (var room = 0; room < 48; room++)
        {
            await using var disk = await TestVolume.InMemoryAsync(4 << 20);
            await using var store = FolderImageStore.Open(disk["store"], create: true, TimeProvider.System);
            await small.StoreAsync(store, Cancel);
            await File.WriteAllBytesAsync(disk["filler"], new byte[StoreSpace.Free(disk.Folder) - (room * PageSize)], Cancel);
            try
            {
                await large.StoreAsync(store, Cancel);
                await large.AssertRestorableAsync(store, Cancel);
                captured++;
            }
            catch (UserErrorException e)
            {
                Assert.Equal("disk-full", e.Code);
                Assert.Equal(small.Version, Assert.Single(await store.ListAsync(Cancel)).Version);
                refused++;
            }

            await AssertAliveAsync(store, small, large, disk["filler"]);
        }

        Assert.True(captured > 0 && refused > 0, $"{captured} captured, {refused} refused: the sizes of this test are wrong");
    }

    // On the full disk: reading, deleting and pruning. With room again: capturing, by the same store object.
    private static async Task AssertAliveAsync(FolderImageStore store, SampleImage small, SampleImage large, string filler)
    {
        await small.AssertRestorableAsync(store, Cancel);
        await store.DeleteAsync((await store.ListAsync(Cancel))[0].Version, Cancel); // the current one
        await store.PruneAsync(new PruneOptions(Now: true, DryRun: false), Cancel);
        File.Delete(filler);
        await large.StoreAsync(store, Cancel);
        await large.AssertRestorableAsync(store, Cancel);
        Assert.Empty((await store.CheckAsync(null, new Meter(), Cancel)).Faults);
    }
}
