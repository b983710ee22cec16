using OsDeploy.Chunks;
using Xunit;

namespace OsDeploy.Tests.Chunks;

public sealed class ChunkCodecTests : IDisposable
{
    private const int Size = 64 << 10;

    private readonly ChunkCodec _codec = new(Size);
    private readonly byte[] _frame = new byte[ChunkCodec.MaxFrameLength(Size)];
    private readonly byte[] _content = new byte[Size];

    public void Dispose() => _codec.Dispose();

    [Fact]
    public void Content_comes_back_as_it_was() => Seeded.Cases(100, random =>
    {
        var content = Content(random);
        var frame = _frame.AsSpan(0, _codec.Encode(content, _frame));
        Assert.True(_codec.TryDecode(ChunkId.Of(content), frame, _content));
        Assert.Equal(content, _content);
        Assert.Equal(Size, _codec.Verify(ChunkId.Of(content), frame));
    });

    [Fact]
    public void No_other_content_is_ever_taken_for_the_chunk() => Seeded.Cases(2000, random =>
    {
        var content = Content(random);
        var frame = Mutation.Of(_frame[.._codec.Encode(content, _frame)], random);
        if (_codec.TryDecode(ChunkId.Of(content), frame, _content))
        {
            Assert.Equal(content, _content);
        }
    });

    [Fact]
    public void A_frame_swollen_beyond_what_its_content_can_need_is_refused()
    {
        var content = new byte[Size];
        var frame = _frame[.._codec.Encode(content, _frame)];
        Assert.Equal(Size, _codec.Verify(ChunkId.Of(content), PaddedFrame.Of(frame, blocks: 1))); // zstd allows it
        Assert.Equal(-1, _codec.Verify(ChunkId.Of(content), PaddedFrame.Of(frame, blocks: Size)));
    }

    [Fact]
    public void A_frame_of_another_chunk_is_refused()
    {
        var length = _codec.Encode(Content(new Random(1)), _frame);
        Assert.False(_codec.TryDecode(ChunkId.Of("other"u8), _frame.AsSpan(0, length), _content));
        Assert.Equal(-1, _codec.Verify(ChunkId.Of("other"u8), _frame.AsSpan(0, length)));
    }

    [Fact]
    public void Bytes_behind_the_frame_are_refused()
    {
        var content = Content(new Random(1));
        var length = _codec.Encode(content, _frame);
        Assert.False(_codec.TryDecode(ChunkId.Of(content), [.. _frame[..length], 0], _content));
        Assert.False(_codec.TryDecode(ChunkId.Of(content), [.. _frame[..length], .. _frame[..length]], _content));
    }

    [Fact]
    public void Content_of_another_length_is_refused()
    {
        var content = Content(new Random(1));
        var length = _codec.Encode(content, _frame);
        Assert.False(_codec.TryDecode(ChunkId.Of(content), _frame.AsSpan(0, length), new byte[Size - 1]));
        using var small = new ChunkCodec(4096);
        Assert.Equal(-1, small.Verify(ChunkId.Of(content), _frame.AsSpan(0, length))); // a frame that would need more room than allowed
    }

    [Fact]
    public void A_chunk_larger_than_the_format_allows_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChunkCodec(ChunkCodec.MaxContentLength + 1));

    // From all noise to all pattern.
    private static byte[] Content(Random random)
    {
        var content = new byte[Size];
        random.NextBytes(content.AsSpan(0, random.Next(Size + 1)));
        return content;
    }
}
