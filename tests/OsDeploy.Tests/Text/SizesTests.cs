using OsDeploy.Text;
using Xunit;

namespace OsDeploy.Tests.Text;

public sealed class SizesTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(512, "512 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "0.98 KiB")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(10 * 1024, "10.0 KiB")]
    [InlineData(256 * 1024, "256 KiB")]
    [InlineData(1_000_204_886_016, "932 GiB")]
    [InlineData(2_000_398_934_016, "1.82 TiB")]
    [InlineData(-2048, "-2.00 KiB")]
    [InlineData(long.MaxValue, "8192 PiB")]
    public void Bytes_have_three_digits_and_a_unit(long bytes, string expected) => Assert.Equal(expected, Sizes.Of(bytes));

    [Theory]
    [InlineData(7, "0:07")]
    [InlineData(754, "12:34")]
    [InlineData(3723, "1:02:03")]
    [InlineData(360_000, "100:00:00")]
    public void Durations_read_as_a_clock(int seconds, string expected) => Assert.Equal(expected, Sizes.Of(TimeSpan.FromSeconds(seconds)));
}
