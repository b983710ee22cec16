using OsDeploy.Chunks.Folder;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Chunks;

/// <summary>Writers and a prune in one process keep out of each other's packs.</summary>
public sealed class PackPruneTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderChunkStore _store;

    public PackPruneTests()
    {
        var paths = new PackPaths(_folder["packs"], _folder["incoming"], _folder["damaged"]);
        Array.ForEach([paths.Sealed, paths.Incoming, paths.Damaged], folder => Directory.CreateDirectory(folder));
        _store = new FolderChunkStore(_folder.Path, paths, TimeProvider.System);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task While_a_prune_has_the_packs_nobody_writes_or_flushes()
    {
        await _store.BeginPruneAsync();
        Assert.Equal("store-pruning", await CodeOfAsync(() => WriteAsync(1)));
        Assert.Equal("store-pruning", await CodeOfAsync(() => _store.FlushAsync(Cancel).AsTask()));
        Assert.Empty(Directory.EnumerateFiles(_folder["incoming"]));
        _store.EndPrune();
        await WriteAsync(1);
        await _store.FlushAsync(Cancel);
        Assert.Single(Directory.EnumerateFiles(_folder["packs"]));
    }

    [Fact]
    public async Task A_flush_never_seals_a_pack_of_a_prune()
    {
        var target = _store.NewPack();
        var (one, two) = (SampleImage.Chunk(1), SampleImage.Chunk(2));
        target.Append(one.Id, one.Frame);
        await _store.FlushAsync(Cancel);
        target.Append(two.Id, two.Frame);
        _store.Seal(target);
        var pack = Assert.Single(_store.Catalog.Packs);
        Assert.Equal(new[] { one.Id, two.Id }.Order(), _store.Catalog.EntriesOf(pack).Select(entry => entry.Id));
        Assert.False(pack.IsIndexDamaged);
    }

    [Fact]
    public async Task A_pack_that_was_being_written_is_forgotten_by_a_prune_and_the_next_is_a_new_one()
    {
        await WriteAsync(1);
        await _store.BeginPruneAsync();
        _store.EndPrune();
        Assert.False(Assert.Single(await _store.HasAsync(new[] { SampleImage.Chunk(1).Id }, Cancel)));
        Assert.True(await WriteAsync(1));
        await _store.FlushAsync(Cancel);
        Assert.Single(Directory.EnumerateFiles(_folder["packs"]));
    }

    private async Task<bool> WriteAsync(int number)
    {
        var chunk = SampleImage.Chunk(number);
        return await _store.WriteAsync(chunk.Id, chunk.Frame, Cancel);
    }

    private static async Task<string> CodeOfAsync(Func<Task> call) => (await Assert.ThrowsAsync<UserErrorException>(call)).Code;
}
