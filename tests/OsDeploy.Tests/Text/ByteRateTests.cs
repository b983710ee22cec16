using OsDeploy.Text;
using Xunit;

namespace OsDeploy.Tests.Text;

public sealed class ByteRateTests
{
    [Theory]
    [InlineData("30MB", 30_000_000)]
    [InlineData("30 mb/s", 30_000_000)]
    [InlineData("1.5M", 1_500_000)]
    [InlineData("500kB", 500_000)]
    [InlineData("12MiB", 12 << 20)]
    [InlineData("2 GB", 2_000_000_000)]
    [InlineData("750000", 750_000)]
    [InlineData(" 0 ", 0)]
    public void A_limit_is_read_as_people_type_it(string text, long expected)
    {
        Assert.True(ByteRate.TryParse(text, out var rate));
        Assert.Equal(expected, rate);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("-1")]
    [InlineData("30Mbit")]
    [InlineData("1,5MB")]
    [InlineData("1.2.3MB")]
    [InlineData("99999999999999GB")]
    [InlineData("9999999999999999999999999999999999")]
    public void What_is_no_limit_is_refused(string text) => Assert.False(ByteRate.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(30_000_000, "30MB")]
    [InlineData(1_500_000, "1500kB")]
    [InlineData(2_000_000_000, "2GB")]
    [InlineData(1_048_577, "1048577B")]
    [InlineData(long.MaxValue, "9223372036854775807B")]
    public void A_limit_is_written_so_that_it_is_read_as_the_same(long rate, string expected)
    {
        Assert.Equal(expected, ByteRate.WordOf(rate));
        Assert.True(ByteRate.TryParse(expected, out var again));
        Assert.Equal(rate, again);
    }
}
