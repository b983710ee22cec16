using OsDeploy.Images;
using OsDeploy.Images.Folder;
using Xunit;

namespace OsDeploy.Tests.Images;

/// <summary>Chunks that lie in two packs: any good copy serves, and the last good one is never thrown away.</summary>
public sealed class StoreCopiesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string[] Packs => [.. Directory.EnumerateFiles(_folder["store/packs"]).Order()];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_two_copies_the_good_one_is_served_once_the_bad_one_is_known()
    {
        var image = await CaptureTwiceAsync();
        await using var store = Open();
        await FlipAsync(image.Chunks[1], Packs[0]);
        await store.Chunks.ReportDamagedAsync(image.Chunks[1].Id, Cancel);
        await image.AssertRestorableAsync(store, Cancel);
        Assert.All(await store.ListAsync(Cancel), entry => Assert.Equal(0, entry.DamagedChunks));
    }

    [Fact]
    public async Task A_check_of_one_version_that_finds_a_bad_copy_leaves_the_good_one()
    {
        var image = await CaptureTwiceAsync();
        await FlipAsync(image.Chunks[1], Packs[0]);
        await using var store = Open();
        var report = await store.CheckAsync(image.Version, new Meter(), Cancel);
        Assert.Equal([image.Chunks[1].Id], report.Damaged);
        Assert.Empty(report.Affected);
        await image.AssertRestorableAsync(store, Cancel);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_prune_keeps_the_good_one_of_two_copies_whichever_it_is(bool isServed)
    {
        var image = await CaptureTwiceAsync();
        await FlipAsync(image.Chunks[1], Packs[isServed ? 0 : 1]);
        await using var store = Open();
        await store.PruneAsync(new PruneOptions(Now: true, DryRun: false), Cancel);
        Assert.Single(Packs);
        await image.AssertRestorableAsync(store, Cancel);
        Assert.True((await store.CheckAsync(null, new Meter(), Cancel)).IsClean);
    }

    private FolderImageStore Open() => FolderImageStore.Open(_folder["store"], create: true, TimeProvider.System);

    // Two captures that began before either wrote a chunk. The older pack is served.
    private async Task<SampleImage> CaptureTwiceAsync()
    {
        var (first, second) = (SampleImage.Of([1, 2, 3], day: 1), SampleImage.Of([1, 2, 3], day: 2));
        await using var one = Open();
        await using var two = Open();
        await first.WriteChunksAsync(one.Chunks, Cancel);
        await second.StoreAsync(two, Cancel);
        await first.StoreAsync(one, Cancel);
        Assert.Equal(2, Packs.Length);
        return first;
    }

    private static async Task FlipAsync(SampleChunk chunk, string pack)
    {
        var bytes = await File.ReadAllBytesAsync(pack, Cancel);
        bytes[bytes.AsSpan().IndexOf(chunk.Frame) + (chunk.Frame.Length / 2)] ^= 0x10;
        await File.WriteAllBytesAsync(pack, bytes, Cancel);
    }
}
