using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Tests.Chunks;
using Xunit;

namespace OsDeploy.Tests.Images;

/// <summary>
/// Bits flip, files are cut and swapped. Whatever happens to a store, a reader never takes wrong bytes for a chunk, a check
/// says so, and capturing again heals it.
/// </summary>
public sealed class StoreDamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_bit_flip_in_a_pack_is_found_or_harmless()
    {
        var image = SampleImage.Of([1, 2, 3]);
        await CaptureAsync(image);
        var pack = Assert.Single(Files("packs"));
        var good = await File.ReadAllBytesAsync(pack, Cancel);
        for (var position = 0; position < good.Length; position += IsInFrame(good, position) ? 41 : 1)
        {
            var bad = (byte[])good.Clone();
            bad[position] ^= (byte)(1 << (position % 8));
            await File.WriteAllBytesAsync(pack, bad, Cancel);
            await using (var store = Open())
            {
                await AssertNothingWrongIsReadAsync(store, image);
                var isFound = !(await store.CheckAsync(null, new Meter(), Cancel)).IsClean;

                // A zstd frame has bits that mean nothing.
                Assert.True(isFound || await IsRestorableAsync(store, image), $"the flip of byte {position} was not found");
                Assert.True(isFound || IsInFrame(good, position), $"the flip of byte {position} was not found");
            }

            Array.ForEach(Files("damaged"), File.Delete);
        }
    }

    [Fact]
    public async Task Every_cut_of_a_pack_is_found_and_healed_by_capturing_again()
    {
        var image = SampleImage.Of([1, 2, 3, 4]);
        await CaptureAsync(image);
        var pack = Assert.Single(Files("packs"));
        var good = await File.ReadAllBytesAsync(pack, Cancel);
        for (var length = good.Length - 1; length >= 0; length -= 211)
        {
            await File.WriteAllBytesAsync(pack, good[..length], Cancel);
            await using (var store = Open())
            {
                await AssertNothingWrongIsReadAsync(store, image);
                var report = await store.CheckAsync(null, new Meter(), Cancel);
                Assert.False(report.IsClean);
                await image.StoreAsync(store, Cancel);
                await image.AssertRestorableAsync(store, Cancel);
                Assert.Equal(0, Assert.Single(await store.ListAsync(Cancel)).DamagedChunks);
            }

            ForgetAllBut(pack);
        }
    }

    [Fact]
    public async Task Random_damage_of_many_bytes_never_yields_wrong_content()
    {
        var image = SampleImage.Of(Enumerable.Range(0, 20));
        await CaptureAsync(image);
        var pack = Assert.Single(Files("packs"));
        var good = await File.ReadAllBytesAsync(pack, Cancel);
        await Seeded.CasesAsync(60, async random =>
        {
            var bad = (byte[])good.Clone();
            for (var i = random.Next(1, 30); i > 0; i--)
            {
                var (from, to) = (random.Next(bad.Length - 100), random.Next(bad.Length - 100));
                good.AsSpan(from, random.Next(1, 100)).CopyTo(bad.AsSpan(to)); // parts of the pack in wrong places
            }

            await File.WriteAllBytesAsync(pack, bad, Cancel);
            await using (var store = Open())
            {
                await AssertNothingWrongIsReadAsync(store, image);
                var report = await store.CheckAsync(null, new Meter(), Cancel);
                Assert.True(!report.IsClean || await IsRestorableAsync(store, image));
                await image.StoreAsync(store, Cancel);
                await image.AssertRestorableAsync(store, Cancel);
            }

            ForgetAllBut(pack);
        });
    }

    [Fact]
    public async Task A_frame_longer_than_its_chunk_can_have_is_damage()
    {
        var image = SampleImage.Of([1, 2]);
        await using var store = Open();
        await using (await store.BeginCaptureAsync(ImageKind.Image, image.Name, Cancel))
        {
            await store.Chunks.WriteAsync(image.Chunks[0].Id, PaddedFrame.Of(image.Chunks[0].Frame, 5000), Cancel);
            await store.Chunks.FlushAsync(Cancel);
        }

        var frame = new byte[ChunkCodec.MaxFrameLength(SampleImage.ChunkSize)];
        Assert.Equal(frame.Length, await store.Chunks.ReadAsync(image.Chunks[0].Id, frame, Cancel));
        await store.Chunks.ReportDamagedAsync(image.Chunks[0].Id, Cancel);
        Assert.Equal("store-chunk-missing", await CodeOfReadAsync(store, image.Chunks[0]));
        await image.StoreAsync(store, Cancel);
        await image.AssertRestorableAsync(store, Cancel);
    }

    [Fact]
    public async Task A_damaged_chunk_shows_on_its_versions_only_and_can_be_healed()
    {
        var (hit, whole) = (SampleImage.Of([1, 2, 3], day: 1), SampleImage.Of([2, 3], day: 2));
        await CaptureAsync(hit, whole);
        await FlipFrameAsync(hit.Chunks[0]);
        await using var store = Open();
        Assert.All(await store.ListAsync(Cancel), entry => Assert.Equal(0, entry.DamagedChunks)); // nobody has noticed yet
        await store.Chunks.ReportDamagedAsync(hit.Chunks[0].Id, Cancel);
        Assert.Equal([0, 1], (await store.ListAsync(Cancel)).Select(entry => entry.DamagedChunks));
        Assert.Equal("store-chunk-missing", await CodeOfReadAsync(store, hit.Chunks[0]));
        await hit.StoreAsync(store, Cancel);
        await hit.AssertRestorableAsync(store, Cancel);
        Assert.Equal([0, 0], (await store.ListAsync(Cancel)).Select(entry => entry.DamagedChunks));
    }

    [Fact]
    public async Task Damage_is_remembered_by_the_next_who_opens_the_store()
    {
        var image = SampleImage.Of([1, 2, 3]);
        await CaptureAsync(image);
        await FlipFrameAsync(image.Chunks[1]);
        await using (var store = Open())
        {
            var report = await store.CheckAsync(image.Version, new Meter(), Cancel);
            Assert.Equal([image.Chunks[1].Id], report.Damaged);
            Assert.Equal(image.Version, Assert.Single(report.Affected).Version);
        }

        await using var again = Open();
        Assert.Equal(1, Assert.Single(await again.ListAsync(Cancel)).DamagedChunks);
        Assert.Equal("store-chunk-missing", await CodeOfReadAsync(again, image.Chunks[1]));
    }

    [Fact]
    public async Task A_prune_writes_damaged_packs_anew_and_keeps_what_is_good()
    {
        var image = SampleImage.Of(Enumerable.Range(0, 20));
        await CaptureAsync(image);
        await FlipFrameAsync(image.Chunks[5]);
        var pack = Assert.Single(Files("packs"));
        await using var store = Open();
        await store.CheckAsync(null, new Meter(), Cancel);
        await store.PruneAsync(new PruneOptions(Now: false, DryRun: false), Cancel);
        Assert.NotEqual(pack, Assert.Single(Files("packs")));
        Assert.Equal(1, Assert.Single(await store.ListAsync(Cancel)).DamagedChunks);
        Assert.Equal([image.Chunks[5].Id], (await store.CheckAsync(null, new Meter(), Cancel)).Missing);
        await image.StoreAsync(store, Cancel);
        Assert.True((await store.CheckAsync(null, new Meter(), Cancel)).IsClean);
    }

    [Fact]
    public async Task A_prune_never_copies_a_chunk_that_went_bad_unnoticed()
    {
        var (kept, deleted) = (SampleImage.Of(Enumerable.Range(0, 10), day: 1), SampleImage.Of(Enumerable.Range(10, 40), day: 2));
        await using (var store = Open())
        {
            await using var lease = await store.BeginCaptureAsync(ImageKind.Image, kept.Name, Cancel);
            await deleted.WriteChunksAsync(store.Chunks, Cancel);
            await kept.WriteChunksAsync(store.Chunks, Cancel); // one pack holds both
            await lease.WriteIndexAsync(kept.Index, Cancel);
            Assert.Empty(await lease.CommitAsync(kept.Manifest, null, makeCurrent: true, Cancel));
        }

        await FlipFrameAsync(kept.Chunks[3]);
        await using var again = Open();
        Assert.Equal(40, (await again.PruneAsync(new PruneOptions(Now: true, DryRun: false), Cancel)).ChunksRemoved);
        Assert.Equal(1, Assert.Single(await again.ListAsync(Cancel)).DamagedChunks);
        Assert.Equal("store-chunk-missing", await CodeOfReadAsync(again, kept.Chunks[3]));
    }

    [Theory]
    [InlineData("images")]
    [InlineData("objects")]
    public async Task Every_bit_flip_in_a_manifest_or_index_object_is_found(string folder)
    {
        var image = SampleImage.Of([1, 2, 3]);
        await CaptureAsync(image);
        var file = Assert.Single(Files(folder), path => !path.EndsWith("current", StringComparison.Ordinal));
        var good = await File.ReadAllBytesAsync(file, Cancel);
        for (var position = 0; position < good.Length; position++)
        {
            var bad = (byte[])good.Clone();
            bad[position] ^= (byte)(1 << (position % 8));
            await File.WriteAllBytesAsync(file, bad, Cancel);
            await using var store = Open();
            var error = await Assert.ThrowsAsync<UserErrorException>(() => image.AssertRestorableAsync(store, Cancel));
            Assert.Contains(error.Code, new[] { "version-damaged", "index-damaged" });
            var refused = await Assert.ThrowsAsync<UserErrorException>(() => store.PruneAsync(new PruneOptions(Now: true, DryRun: false), Cancel));
            Assert.Equal("prune-refused", refused.Code);
        }

        await using (var store = Open())
        {
            Assert.False((await store.CheckAsync(null, new Meter(), Cancel)).IsClean);
            Assert.NotEqual(0, Assert.Single(await store.ListAsync(Cancel)).DamagedChunks);
            await image.StoreAsync(store, Cancel);
            await image.AssertRestorableAsync(store, Cancel);
            Assert.True((await store.CheckAsync(null, new Meter(), Cancel)).IsClean);
        }
    }

    [Theory]
    [InlineData("images")]
    [InlineData("objects")]
    public async Task Two_files_that_changed_places_are_found(string folder)
    {
        var (one, two) = (SampleImage.Of([1, 2], day: 1), SampleImage.Of([3, 4], day: 2));
        await CaptureAsync(one, two);
        var files = Files(folder).Where(path => !path.EndsWith("current", StringComparison.Ordinal)).ToList();
        File.Move(files[0], files[0] + ".x");
        File.Move(files[1], files[0]);
        File.Move(files[0] + ".x", files[1]);
        await using var store = Open();
        Assert.Contains((await Assert.ThrowsAsync<UserErrorException>(() => one.AssertRestorableAsync(store, Cancel))).Code, new[] { "version-damaged", "index-damaged" });
        Assert.Equal(2, (await store.CheckAsync(null, new Meter(), Cancel)).Affected.Count);
    }

    [Fact]
    public async Task Two_frames_that_changed_places_are_found()
    {
        var image = SampleImage.Of([1, 101]); // frames of one length
        await CaptureAsync(image);
        Assert.Equal(image.Chunks[0].Frame.Length, image.Chunks[1].Frame.Length);
        var pack = Assert.Single(Files("packs"));
        var bytes = await File.ReadAllBytesAsync(pack, Cancel);
        var (first, second) = (bytes.AsSpan().IndexOf(image.Chunks[0].Frame), bytes.AsSpan().IndexOf(image.Chunks[1].Frame));
        image.Chunks[1].Frame.CopyTo(bytes, first);
        image.Chunks[0].Frame.CopyTo(bytes, second);
        await File.WriteAllBytesAsync(pack, bytes, Cancel);
        await using var store = Open();
        await AssertNothingWrongIsReadAsync(store, image);
        Assert.Equal(2, (await store.CheckAsync(null, new Meter(), Cancel)).Damaged.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000\n")]
    public async Task A_damaged_current_pointer_means_the_newest_version_and_is_reported(string pointer)
    {
        var (old, newest) = (SampleImage.Of([1], day: 1), SampleImage.Of([2], day: 2));
        await CaptureAsync(newest, old);
        await File.WriteAllTextAsync(_folder["store/images/lab/current"], pointer, Cancel);
        await using var store = Open();
        Assert.Equal(newest.Version, Assert.Single(await store.ListAsync(Cancel), entry => entry.IsCurrent).Version);
        Assert.False((await store.CheckAsync(null, new Meter(), Cancel)).IsClean);
    }

    [Fact]
    public async Task A_lost_pack_is_reported_as_missing_chunks()
    {
        var image = SampleImage.Of([1, 2, 3]);
        await CaptureAsync(image);
        File.Delete(Assert.Single(Files("packs")));
        await using var store = Open();
        var report = await store.CheckAsync(null, new Meter(), Cancel);
        Assert.Equal(3, report.Missing.Count);
        Assert.Equal(3, Assert.Single(await store.ListAsync(Cancel)).DamagedChunks);
    }

    private FolderImageStore Open() => FolderImageStore.Open(_folder["store"], create: true, TimeProvider.System);

    private string[] Files(string folder) => [.. Directory.EnumerateFiles(_folder["store/" + folder], "*", SearchOption.AllDirectories).Order()];

    private async Task CaptureAsync(params SampleImage[] images)
    {
        await using var store = Open();
        foreach (var image in images)
        {
            await image.StoreAsync(store, Cancel);
        }
    }

    private async Task FlipFrameAsync(SampleChunk chunk)
    {
        var pack = Assert.Single(Files("packs"), path => File.ReadAllBytes(path).AsSpan().IndexOf(chunk.Frame) >= 0);
        var bytes = await File.ReadAllBytesAsync(pack, Cancel);
        bytes[bytes.AsSpan().IndexOf(chunk.Frame) + (chunk.Frame.Length / 2)] ^= 0x10;
        await File.WriteAllBytesAsync(pack, bytes, Cancel);
    }

    // The next round begins with the one pack again, undamaged as far as marks say.
    private void ForgetAllBut(string pack)
    {
        Array.ForEach(Files("damaged"), File.Delete);
        Array.ForEach([.. Files("packs").Where(path => path != pack)], File.Delete);
    }

    private static async Task AssertNothingWrongIsReadAsync(FolderImageStore store, SampleImage image)
    {
        using var codec = new ChunkCodec(SampleImage.ChunkSize);
        var (frame, content) = (new byte[ChunkCodec.MaxFrameLength(ChunkCodec.MaxContentLength)], new byte[SampleImage.ChunkSize]);
        foreach (var chunk in image.Chunks)
        {
            try
            {
                var length = await store.Chunks.ReadAsync(chunk.Id, frame, Cancel);
                Assert.True(!codec.TryDecode(chunk.Id, frame.AsSpan(0, length), content) || content.AsSpan().SequenceEqual(chunk.Content));
            }
            catch (UserErrorException e) when (e.Code == "store-chunk-missing")
            {
                // Found already, when the store was opened.
            }
        }
    }

    private static async Task<bool> IsRestorableAsync(FolderImageStore store, SampleImage image)
    {
        try
        {
            await image.AssertRestorableAsync(store, Cancel);
            return true;
        }
        catch (UserErrorException)
        {
            return false;
        }
    }

    private static async Task<string> CodeOfReadAsync(FolderImageStore store, SampleChunk chunk) =>
        (await Assert.ThrowsAsync<UserErrorException>(async () => await store.Chunks.ReadAsync(chunk.Id, new byte[1 << 16], Cancel))).Code;

    private static bool IsInFrame(byte[] pack, int position)
    {
        for (var offset = 8; offset < pack.Length;)
        {
            var length = BitConverter.ToInt32(pack, offset + 32);
            if (length <= 0 || offset + 36 + length > pack.Length)
            {
                return false;
            }

            if (position >= offset + 36 && position < offset + 36 + length)
            {
                return offset + 36 + length <= RecordsEnd(pack);
            }

            offset += 36 + length;
        }

        return false;
    }

    private static int RecordsEnd(byte[] pack) => BitConverter.ToInt32(pack, pack.Length - 44);
}
