using OsDeploy.Chunks;
using Xunit;

namespace OsDeploy.Tests.Chunks;

public sealed class ChunkIdTests
{
    private const string AbcHash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2, appendix B.1

    [Fact]
    public void An_id_is_the_sha256_of_the_content() => Assert.Equal(AbcHash, ChunkId.Of("abc"u8).ToString());

    [Theory]
    [InlineData(AbcHash)]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    public void Either_case_is_read(string text) => Assert.Equal(ChunkId.Of("abc"u8), ChunkId.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ba7816bf")]
    [InlineData(AbcHash + "00")]
    [InlineData("ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(" a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Anything_else_is_refused(string? text)
    {
        Assert.False(ChunkId.TryParse(text, out _));
        Assert.Throws<FormatException>(() => ChunkId.Parse(text!));
    }

    [Fact]
    public void Ids_order_as_their_digits_do() => Seeded.Cases(200, random =>
    {
        var (a, b) = (Random32(random), Random32(random));
        a[..random.Next(33)].CopyTo(b, 0); // equal beginnings of every length
        var (left, right) = (new ChunkId(a), new ChunkId(b));
        Assert.Equal(Math.Sign(string.CompareOrdinal(left.ToString(), right.ToString())), Math.Sign(left.CompareTo(right)));
        Assert.Equal(left < right, right > left);
        Assert.Equal(left <= right, right >= left);
        Assert.Equal(left == right, left.CompareTo(right) == 0);
    });

    private static byte[] Random32(Random random)
    {
        var bytes = new byte[ChunkId.Size];
        random.NextBytes(bytes);
        return bytes;
    }
}
