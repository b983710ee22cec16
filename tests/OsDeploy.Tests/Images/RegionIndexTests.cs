using OsDeploy.Chunks;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Images;

public sealed class RegionIndexTests
{
    [Fact]
    public void An_index_comes_back_from_its_bytes_as_it_was() => Seeded.Cases(300, random =>
    {
        var index = RandomIndex(random);
        var back = RegionIndex.Parse(index.ToBytes());
        Assert.Equal((index.ChunkSize, index.Length), (back.ChunkSize, back.Length));
        Assert.Equal(index.Used.Runs.ToArray(), back.Used.Runs.ToArray());
        Assert.Equal(index.ChunkList, back.ChunkList);
        Assert.Equal(index.ToBytes(), back.ToBytes());
    });

    [Fact]
    public void Every_used_byte_lies_in_exactly_one_chunk() => Seeded.Cases(300, random =>
    {
        var index = RandomIndex(random);
        var chunks = RangeSet.Of(index.ChunkList.Select(chunk => index.RangeOf(chunk.Number)));
        Assert.Empty(index.Used.Subtract(chunks).Runs.ToArray());
        Assert.Equal(index.ChunkList.Sum(chunk => index.RangeOf(chunk.Number).Length), chunks.TotalLength);
        Assert.All(index.ChunkList, chunk => Assert.NotEmpty(index.Used.Within(index.RangeOf(chunk.Number))));
    });

    [Fact]
    public void Mutated_bytes_are_refused_or_make_sense() => Seeded.Cases(4000, random =>
    {
        var bytes = Mutation.Of(RandomIndex(random).ToBytes(), random);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var index = RegionIndex.Parse(bytes);
            Assert.Equal(bytes, index.ToBytes()); // one form only: what was hashed is what is meant
        }
        catch (FormatException)
        {
            // The only way to say no.
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20, "a small input took much memory");
    });

    [Theory]
    [InlineData(4095, 0, 4096)] // chunk size not a power of two
    [InlineData(4096, 0, 4097)] // used bytes behind the end
    [InlineData(4096, -1, 10)]
    public void Parts_that_do_not_fit_are_refused(int chunkSize, long start, long length) => Assert.Throws<FormatException>(() =>
        new RegionIndex(chunkSize, 4096, RangeSet.Of(new ByteRange(start, length)), [new RegionChunk(0, null)]));

    private static RegionIndex RandomIndex(Random random)
    {
        var chunkSize = 4096 << random.Next(4);
        var length = random.NextInt64(0, 60L * chunkSize);
        var runs = Enumerable.Range(0, random.Next(10)).Select(_ =>
        {
            var start = random.NextInt64(0, length + 1);
            return new ByteRange(start, random.NextInt64(0, length - start + 1) / (1 + random.Next(20)));
        });
        var used = RangeSet.Of(runs);
        var chunks = RegionIndex.ChunkNumbers(chunkSize, used)
            .Select(number => new RegionChunk(number, random.Next(3) == 0 ? null : ChunkId.Of(BitConverter.GetBytes(random.Next(50)))));
        return new RegionIndex(chunkSize, length, used, [.. chunks]);
    }
}
