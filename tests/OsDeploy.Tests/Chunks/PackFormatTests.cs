using System.Buffers.Binary;
using System.Security.Cryptography;
using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Chunks;

/// <summary>Reads a pack by nothing but Chunks/FORMAT.md section 3: another program must be able to.</summary>
public sealed class PackFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pack_reads_as_the_format_says()
    {
        var image = SampleImage.Of([5, 3, 9]);
        await using (var store = FolderImageStore.Open(_folder["store"], create: true, TimeProvider.System))
        {
            await image.StoreAsync(store, Cancel);
        }

        var pack = await File.ReadAllBytesAsync(Assert.Single(Directory.EnumerateFiles(_folder["store/packs"], "*.pack")), Cancel);
        Assert.Equal("OSDPACK1"u8, pack.AsSpan(0, 8));
        Assert.Equal("OSDPEND1"u8, pack.AsSpan(pack.Length - 8));
        var count = Int(pack, pack.Length - 48);
        var recordsEnd = Int(pack, pack.Length - 44);
        Assert.Equal((3, pack.Length), (count, recordsEnd + (count * 40) + 48));
        Assert.Equal(SHA256.HashData(pack.AsSpan(recordsEnd..(pack.Length - 40))), pack[(pack.Length - 40)..(pack.Length - 8)]);

        var position = 8;
        foreach (var chunk in image.Chunks) // records lie in the order of writing
        {
            Assert.Equal(chunk.Id.ToString(), Convert.ToHexStringLower(pack, position, 32));
            Assert.Equal(chunk.Frame.Length, Int(pack, position + 32));
            Assert.Equal(chunk.Frame, pack[(position + 36)..(position + 36 + chunk.Frame.Length)]);
            position += 36 + chunk.Frame.Length;
        }

        Assert.Equal(recordsEnd, position);
        var sorted = image.Chunks.OrderBy(chunk => chunk.Id).ToList(); // the index is in order of ids
        for (var i = 0; i < count; i++)
        {
            var entry = recordsEnd + (i * 40);
            Assert.Equal(sorted[i].Id.ToString(), Convert.ToHexStringLower(pack, entry, 32));
            Assert.Equal(sorted[i].Frame, pack.AsSpan(Int(pack, entry + 32), Int(pack, entry + 36)).ToArray());
        }
    }

    [Fact]
    public async Task A_pack_is_sealed_at_64_MiB()
    {
        await using var store = FolderImageStore.Open(_folder["store"], create: true, TimeProvider.System);
        await using var lease = await store.BeginCaptureAsync(ImageKind.Image, ImageName.Parse("lab"), Cancel);
        for (var number = 0; number < 40; number++)
        {
            var chunk = SampleImage.Chunk(number, 4 << 20); // frames of about 2 MiB
            await store.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel);
        }

        await store.Chunks.FlushAsync(Cancel);
        var lengths = Directory.EnumerateFiles(_folder["store/packs"]).Order(StringComparer.Ordinal).Select(path => new FileInfo(path).Length).ToList();
        Assert.Equal(2, lengths.Count);
        Assert.InRange(lengths[0], 64 << 20, 67 << 20);
    }

    private static int Int(byte[] bytes, int offset) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset));
}
