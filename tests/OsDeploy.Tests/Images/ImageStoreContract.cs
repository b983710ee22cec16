using OsDeploy.Chunks;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Images;

/// <summary>What every image store must do, said once; each kind of store is one subclass.</summary>
public abstract class ImageStoreContract
{
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A new, empty store.</summary>
    private protected abstract Task<IImageStore> NewStoreAsync();

    [Fact]
    public async Task A_captured_version_can_be_restored_and_is_current()
    {
        await using var store = await NewStoreAsync();
        var image = SampleImage.Of(Enumerable.Range(0, 40));
        await image.StoreAsync(store, Cancel);
        await image.AssertRestorableAsync(store, Cancel);
        var entry = Assert.Single(await store.ListAsync(Cancel));
        Assert.Equal(
            new VersionEntry(ImageKind.Image, image.Name, image.Version, Manifest.Parse(image.Manifest).CapturedAt, IsCurrent: true, IsSigned: false, DamagedChunks: 0),
            entry);
    }

    [Fact]
    public async Task A_capture_that_is_not_committed_leaves_no_version()
    {
        await using var store = await NewStoreAsync();
        var image = SampleImage.Of(Enumerable.Range(0, 10));
        await using (var lease = await store.BeginCaptureAsync(ImageKind.Image, image.Name, Cancel))
        {
            await image.WriteChunksAsync(store.Chunks, Cancel);
            await lease.WriteIndexAsync(image.Index, Cancel);
        }

        Assert.Empty(await store.ListAsync(Cancel));
        var error = await Assert.ThrowsAsync<UserErrorException>(() => store.ReadManifestAsync(image.Version, Cancel));
        Assert.Equal("version-missing", error.Code);
    }

    [Fact]
    public async Task Commit_names_the_chunks_that_are_missing_and_succeeds_once_they_are_there()
    {
        await using var store = await NewStoreAsync();
        var image = SampleImage.Of([1, 2, 3, 4, 2]);
        await using var lease = await store.BeginCaptureAsync(ImageKind.Image, image.Name, Cancel);
        await WriteAsync(store, image.Chunks[0], image.Chunks[2]);
        await lease.WriteIndexAsync(image.Index, Cancel);
        var missing = await lease.CommitAsync(image.Manifest, null, makeCurrent: true, Cancel);
        Assert.Equal(new[] { image.Chunks[1].Id, image.Chunks[3].Id }.Order(), missing.Order());
        Assert.Empty(await store.ListAsync(Cancel));
        await WriteAsync(store, image.Chunks[1], image.Chunks[3]);
        Assert.Empty(await lease.CommitAsync(image.Manifest, null, makeCurrent: true, Cancel));
        await image.AssertRestorableAsync(store, Cancel);
    }

    [Fact]
    public async Task A_commit_without_its_index_object_is_refused()
    {
        await using var store = await NewStoreAsync();
        var image = SampleImage.Of([1]);
        await using var lease = await store.BeginCaptureAsync(ImageKind.Image, image.Name, Cancel);
        await image.WriteChunksAsync(store.Chunks, Cancel);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => lease.CommitAsync(image.Manifest, null, makeCurrent: true, Cancel));
        Assert.Equal("index-missing", error.Code);
        Assert.Empty(await store.ListAsync(Cancel));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task A_manifest_that_makes_no_sense_is_refused(string manifest)
    {
        await using var store = await NewStoreAsync();
        await using var lease = await store.BeginCaptureAsync(ImageKind.Image, ImageName.Parse("lab"), Cancel);
        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            lease.CommitAsync(System.Text.Encoding.UTF8.GetBytes(manifest), null, makeCurrent: true, Cancel));
        Assert.Equal("version-rejected", error.Code);
    }

    [Fact]
    public async Task A_manifest_of_another_image_is_refused()
    {
        await using var store = await NewStoreAsync();
        var image = SampleImage.Of([1], name: "other");
        await using var lease = await store.BeginCaptureAsync(ImageKind.Image, ImageName.Parse("lab"), Cancel);
        await image.WriteChunksAsync(store.Chunks, Cancel);
        await lease.WriteIndexAsync(image.Index, Cancel);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => lease.CommitAsync(image.Manifest, null, makeCurrent: true, Cancel));
        Assert.Equal("version-rejected", error.Code);
    }

    [Fact]
    public async Task Versions_are_listed_newest_first_and_images_by_name()
    {
        await using var store = await NewStoreAsync();
        var images = new[]
        {
            SampleImage.Of([1], name: "b", day: 1), SampleImage.Of([2], name: "a", day: 2), SampleImage.Of([3], name: "b", day: 3),
        };
        foreach (var image in images)
        {
            await image.StoreAsync(store, Cancel);
        }

        var list = await store.ListAsync(Cancel);
        Assert.Equal([images[1].Version, images[2].Version, images[0].Version], list.Select(entry => entry.Version));
        Assert.Equal([true, true, false], list.Select(entry => entry.IsCurrent));
    }

    [Fact]
    public async Task The_current_version_stays_when_a_capture_does_not_move_it()
    {
        await using var store = await NewStoreAsync();
        var (first, second) = (SampleImage.Of([1], day: 1), SampleImage.Of([2], day: 2));
        await first.StoreAsync(store, Cancel, makeCurrent: false);
        await second.StoreAsync(store, Cancel, makeCurrent: false);
        Assert.Equal(first.Version, await CurrentAsync(store));
        await store.SetCurrentAsync(second.Version, Cancel);
        Assert.Equal(second.Version, await CurrentAsync(store));
    }

    [Fact]
    public async Task A_signature_stays_with_its_version()
    {
        await using var store = await NewStoreAsync();
        var (signed, unsigned) = (SampleImage.Of([1], day: 1), SampleImage.Of([2], day: 2));
        var (privateKey, publicKey) = ManifestSignature.NewKey();
        await signed.StoreAsync(store, Cancel, signature: ManifestSignature.Sign(signed.Version, privateKey));
        await unsigned.StoreAsync(store, Cancel);
        var signature = await store.ReadSignatureAsync(signed.Version, Cancel);
        Assert.NotNull(signature);
        Assert.True(ManifestSignature.IsValid(publicKey, signed.Version, signature));
        Assert.Null(await store.ReadSignatureAsync(unsigned.Version, Cancel));
        Assert.Equal([false, true], (await store.ListAsync(Cancel)).Select(entry => entry.IsSigned));
    }

    [Fact]
    public async Task Index_objects_come_back_as_they_were_and_may_be_written_twice()
    {
        await using var store = await NewStoreAsync();
        var image = SampleImage.Of([1, 2]);
        await using var lease = await store.BeginCaptureAsync(ImageKind.Image, image.Name, Cancel);
        var id = await lease.WriteIndexAsync(image.Index, Cancel);
        Assert.Equal(ChunkId.Of(image.Index), id);
        Assert.Equal(id, await lease.WriteIndexAsync(image.Index, Cancel));
        Assert.Equal(image.Index, await store.ReadIndexAsync(id, Cancel));
        var error = await Assert.ThrowsAsync<UserErrorException>(() => store.ReadIndexAsync(ChunkId.Of("gone"u8), Cancel));
        Assert.Equal("index-missing", error.Code);
    }

    [Fact]
    public async Task Deleting_the_current_version_makes_the_newest_other_one_current()
    {
        await using var store = await NewStoreAsync();
        var images = Enumerable.Range(1, 3).Select(day => SampleImage.Of([day], day: day)).ToList();
        foreach (var image in images)
        {
            await image.StoreAsync(store, Cancel);
        }

        await store.DeleteAsync(images[2].Version, Cancel);
        Assert.Equal(images[1].Version, await CurrentAsync(store));
        await store.DeleteAsync(images[0].Version, Cancel);
        await store.DeleteAsync(images[1].Version, Cancel);
        Assert.Empty(await store.ListAsync(Cancel));
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_deleted_or_made_current()
    {
        await using var store = await NewStoreAsync();
        var version = SampleImage.Of([1]).Version;
        Assert.Equal("version-missing", (await Assert.ThrowsAsync<UserErrorException>(() => store.DeleteAsync(version, Cancel))).Code);
        Assert.Equal("version-missing", (await Assert.ThrowsAsync<UserErrorException>(() => store.SetCurrentAsync(version, Cancel))).Code);
    }

    [Fact]
    public async Task A_prune_is_refused_while_a_capture_lives()
    {
        await using var store = await NewStoreAsync();
        await using (await store.BeginCaptureAsync(ImageKind.Image, ImageName.Parse("lab"), Cancel))
        {
            var error = await Assert.ThrowsAsync<UserErrorException>(() => store.PruneAsync(new PruneOptions(Now: true, DryRun: true), Cancel));
            Assert.Equal("store-busy", error.Code);
        }

        Assert.Equal(0, (await store.PruneAsync(new PruneOptions(Now: true, DryRun: true), Cancel)).ChunksRemoved);
    }

    [Fact]
    public async Task A_prune_removes_what_only_deleted_versions_need()
    {
        await using var store = await NewStoreAsync();
        var (old, kept) = (SampleImage.Of(Enumerable.Range(0, 30), day: 1), SampleImage.Of(Enumerable.Range(20, 30), day: 2));
        await old.StoreAsync(store, Cancel);
        await kept.StoreAsync(store, Cancel);
        await store.DeleteAsync(old.Version, Cancel);

        var early = await store.PruneAsync(new PruneOptions(Now: false, DryRun: false), Cancel);
        Assert.Equal(0, early.ChunksRemoved);
        Assert.NotEmpty(early.KeptBecause);

        var dry = await store.PruneAsync(new PruneOptions(Now: true, DryRun: true), Cancel);
        var real = await store.PruneAsync(new PruneOptions(Now: true, DryRun: false), Cancel);
        Assert.Equivalent(dry, real, strict: true);
        Assert.Equal(20, real.ChunksRemoved);
        Assert.Equal([old.Version], real.VersionsEnded);
        var there = await store.Chunks.HasAsync(new[] { old.Chunks[0].Id, old.Chunks[25].Id }, Cancel);
        Assert.Equal([false, true], there);
        await kept.AssertRestorableAsync(store, Cancel);
    }

    [Fact]
    public async Task A_deleted_version_comes_back_with_its_signature_as_long_as_it_is_in_quarantine()
    {
        await using var store = await NewStoreAsync();
        var (image, other) = (SampleImage.Of([1, 2, 3], day: 1), SampleImage.Of([3, 4], day: 2));
        byte[] signature = [1, 2, 3];
        await image.StoreAsync(store, Cancel, signature: signature);
        await store.DeleteAsync(image.Version, Cancel);
        await store.UndeleteAsync(image.Version, Cancel);
        await store.UndeleteAsync(image.Version, Cancel);
        Assert.Equal(image.Version, await CurrentAsync(store));
        Assert.Equal(signature, await store.ReadSignatureAsync(image.Version, Cancel));

        await other.StoreAsync(store, Cancel);
        await store.DeleteAsync(image.Version, Cancel);
        await store.UndeleteAsync(image.Version, Cancel);
        Assert.Equal(other.Version, await CurrentAsync(store));
        await store.PruneAsync(new PruneOptions(Now: true, DryRun: false), Cancel);
        await image.AssertRestorableAsync(store, Cancel);

        await store.DeleteAsync(image.Version, Cancel);
        await store.PruneAsync(new PruneOptions(Now: true, DryRun: false), Cancel);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => store.UndeleteAsync(image.Version, Cancel));
        Assert.Equal("version-gone", error.Code);
    }

    [Fact]
    public async Task A_check_counts_what_it_read_and_finds_nothing_in_a_good_store()
    {
        await using var store = await NewStoreAsync();
        var (one, two) = (SampleImage.Of([1, 2, 3], day: 1), SampleImage.Of([3, 4], day: 2));
        await one.StoreAsync(store, Cancel);
        await two.StoreAsync(store, Cancel);
        var progress = new Meter();
        var everything = await store.CheckAsync(null, progress, Cancel);
        Assert.Equal((4, true), (everything.ChunksChecked, everything.IsClean));
        Assert.Equal((everything.BytesRead, everything.BytesRead), (progress.Done, progress.Total));
        Assert.Equal(2, (await store.CheckAsync(two.Version, new Meter(), Cancel)).ChunksChecked);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => store.CheckAsync(SampleImage.Of([9]).Version, new Meter(), Cancel));
        Assert.Equal("version-missing", error.Code);
    }

    private static async Task<VersionId> CurrentAsync(IImageStore store) =>
        Assert.Single(await store.ListAsync(Cancel), entry => entry.IsCurrent).Version;

    private static async Task WriteAsync(IImageStore store, params SampleChunk[] chunks)
    {
        foreach (var chunk in chunks)
        {
            await store.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel);
        }
    }
}
