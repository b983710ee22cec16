using OsDeploy.Images;
using OsDeploy.Images.Folder;
using Xunit;

namespace OsDeploy.Tests.Images;

public sealed class ImageCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_version_arrives_whole_with_its_signature_and_only_missing_chunks_move()
    {
        await using var from = Open("from");
        await using var to = Open("to");
        var (image, there) = (SampleImage.Of(Enumerable.Range(0, 700), day: 2), SampleImage.Of(Enumerable.Range(600, 200), day: 1));
        var signature = ManifestSignature.Sign(image.Version, ManifestSignature.NewKey().PrivateKey);
        await image.StoreAsync(from, Cancel, signature: signature);
        await there.StoreAsync(to, Cancel);
        var progress = new Meter();
        using var copy = new ImageCopy(from, to, progress);
        var report = await copy.RunAsync(image.Version, signature: null, makeCurrent: false, Cancel);
        Assert.Equal((700, 600), (report.Chunks, report.Copied));
        Assert.Equal(progress.Total, progress.Done);
        await image.AssertRestorableAsync(to, Cancel);
        Assert.Equal(signature, await to.ReadSignatureAsync(image.Version, Cancel));
        Assert.Equal(there.Version, Assert.Single(await to.ListAsync(Cancel), entry => entry.IsCurrent).Version);
    }

    [Fact]
    public async Task An_unsigned_version_arrives_unsigned()
    {
        await using var from = Open("from");
        await using var to = Open("to");
        var image = SampleImage.Of([1]);
        await image.StoreAsync(from, Cancel);
        using var copy = new ImageCopy(from, to, new Meter());
        await copy.RunAsync(image.Version, signature: null, makeCurrent: true, Cancel);
        Assert.False(Assert.Single(await to.ListAsync(Cancel)).IsSigned);
    }

    [Fact]
    public async Task A_damaged_chunk_stops_the_copy_before_the_version_appears()
    {
        var image = SampleImage.Of(Enumerable.Range(0, 20));
        await using (var store = Open("from"))
        {
            await image.StoreAsync(store, Cancel);
        }

        var pack = Assert.Single(Directory.EnumerateFiles(_folder["from/packs"]));
        var bytes = await File.ReadAllBytesAsync(pack, Cancel);
        bytes[bytes.AsSpan().IndexOf(image.Chunks[7].Frame) + 100] ^= 1;
        await File.WriteAllBytesAsync(pack, bytes, Cancel);
        await using var from = Open("from");
        await using var to = Open("to");
        using var copy = new ImageCopy(from, to, new Meter());
        var error = await Assert.ThrowsAsync<UserErrorException>(() => copy.RunAsync(image.Version, null, makeCurrent: true, Cancel));
        Assert.Equal("store-chunk-damaged", error.Code);
        Assert.Empty(await to.ListAsync(Cancel));
        Assert.Equal(1, Assert.Single(await from.ListAsync(Cancel)).DamagedChunks);
    }

    [Fact]
    public async Task A_missing_version_is_said_to_be_missing()
    {
        await using var from = Open("from");
        await using var to = Open("to");
        using var copy = new ImageCopy(from, to, new Meter());
        var error = await Assert.ThrowsAsync<UserErrorException>(() => copy.RunAsync(SampleImage.Of([1]).Version, null, makeCurrent: true, Cancel));
        Assert.Equal("version-missing", error.Code);
    }

    private FolderImageStore Open(string name) => FolderImageStore.Open(_folder[name], create: true, TimeProvider.System);
}
