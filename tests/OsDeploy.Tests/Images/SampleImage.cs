using OsDeploy.Chunks;
using OsDeploy.Images;

namespace OsDeploy.Tests.Images;

/// <summary>A chunk of a sample with all its faces.</summary>
internal sealed record SampleChunk(ChunkId Id, byte[] Frame, byte[] Content);

/// <summary>
/// A version of an image that needs no disk: one raw partition whose chunks follow from numbers, so that two samples share
/// exactly the chunks whose numbers they share.
/// </summary>
internal sealed class SampleImage
{
    public const int ChunkSize = 4096;

    private SampleImage(ImageKind kind, ImageName name, IReadOnlyList<SampleChunk> chunks, byte[] index, byte[] manifest)
    {
        (Kind, Name, Chunks, Index, Manifest, Version) = (kind, name, chunks, index, manifest, VersionId.Of(manifest));
    }

    public ImageKind Kind { get; }

    public ImageName Name { get; }

    public IReadOnlyList<SampleChunk> Chunks { get; }

    /// <summary>The bytes of its index object.</summary>
    public byte[] Index { get; }

    public byte[] Manifest { get; }

    public VersionId Version { get; }

    /// <param name="numbers">One chunk per number; equal numbers are equal chunks.</param>
    public static SampleImage Of(IEnumerable<int> numbers, string name = "lab", int day = 1, int chunkSize = ChunkSize, ImageKind kind = ImageKind.Image)
    {
        var chunks = numbers.Select(number => Chunk(number, chunkSize)).ToList();
        var length = (long)chunks.Count * chunkSize;
        var index = new RegionIndex(
            chunkSize, length, RangeSet.Of(new ByteRange(0, length)), [.. chunks.Select((chunk, i) => new RegionChunk(i, chunk.Id))]).ToBytes();
        var region = new RegionRecord(ChunkId.Of(index), length, length, 0, chunks.Count);
        return new SampleImage(kind, ImageName.Parse(name), chunks, index, ManifestOf(kind, name, day, chunkSize, region).ToBytes());
    }

    public static SampleChunk Chunk(int number, int chunkSize = ChunkSize)
    {
        // Half noise, half pattern, so that frames compress but differ in length.
        var content = new byte[chunkSize];
        new Random(number).NextBytes(content.AsSpan(0, (chunkSize / 2) + (number % 100)));
        using var codec = new ChunkCodec(chunkSize);
        var frame = new byte[ChunkCodec.MaxFrameLength(chunkSize)];
        var length = codec.Encode(content, frame);
        return new SampleChunk(ChunkId.Of(content), frame[..length], content);
    }

    /// <summary>Captures it as a program would.</summary>
    public async Task StoreAsync(IImageStore store, CancellationToken cancel, bool makeCurrent = true, byte[]? signature = null)
    {
        await using var lease = await store.BeginCaptureAsync(Kind, Name, cancel);
        await WriteChunksAsync(store.Chunks, cancel);
        await lease.WriteIndexAsync(Index, cancel);
        var missing = await lease.CommitAsync(Manifest, signature, makeCurrent, cancel);
        Xunit.Assert.Empty(missing);
    }

    public async Task WriteChunksAsync(IChunkStore store, CancellationToken cancel)
    {
        foreach (var chunk in Chunks)
        {
            await store.WriteAsync(chunk.Id, chunk.Frame, cancel);
        }
    }

    /// <summary>Reads everything back as a restore would, by nothing but the version id.</summary>
    public async Task AssertRestorableAsync(IImageStore store, CancellationToken cancel)
    {
        var manifest = OsDeploy.Images.Manifest.Parse(await store.ReadManifestAsync(Version, cancel));
        using var codec = new ChunkCodec(manifest.ChunkSize);
        var frame = new byte[ChunkCodec.MaxFrameLength(manifest.ChunkSize)];
        var content = new byte[manifest.ChunkSize];
        foreach (var region in manifest.Regions())
        {
            foreach (var id in RegionIndex.Parse(await store.ReadIndexAsync(region.Index, cancel)).ChunkIds())
            {
                var length = await store.Chunks.ReadAsync(id, frame, cancel);
                Xunit.Assert.True(codec.TryDecode(id, frame.AsSpan(0, length), content), $"chunk {id} is not what it was");
            }
        }
    }

    private static Manifest ManifestOf(ImageKind kind, string name, int day, int chunkSize, RegionRecord region) => new()
    {
        Format = OsDeploy.Images.Manifest.CurrentFormat,
        Kind = kind,
        Image = name,
        CapturedAt = new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero).AddDays(day),
        CapturedBy = "pc-01",
        Program = "osdeploy test",
        Firmware = "any",
        ChunkSize = chunkSize,
        Disks =
        [
            new DiskRecord
            {
                Number = 1,
                Size = region.Length + (1 << 20),
                SectorSize = 512,
                Label = "none",
                Table = [],
                Partitions =
                [
                    new PartitionRecord { Number = 1, Offset = 1 << 20, Length = region.Length, Type = "83", Content = PartitionContent.Raw, Region = region },
                ],
            },
        ],
    };
}
