using OsDeploy.Disks;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Disks;

public sealed class DomainMapTests
{
    private const string Good = """
        # Domain logfile created by unset_name v0.3.23
        # Source: /dev/loop0
        # current_pos  current_status
        0x00010000     ?
        #      pos        size  status
        0x00000000  0x00003000  +
        0x00003000  0x00001000  ?
        0x00004000  0x0000B000  +
        0x0000F000  0x00001000  ?
        """;

    [Fact]
    public void Used_runs_and_the_end_are_read()
    {
        var map = Parse(Good);
        Assert.Equal([new ByteRange(0, 0x3000), new ByteRange(0x4000, 0xB000)], map.Used.Runs.ToArray());
        Assert.Equal(0x10000, map.End);
    }

    [Theory]
    [InlineData("0x00004000  0x0000B000  +", "0x00005000  0x0000A000  +")] // a gap
    [InlineData("0x00004000  0x0000B000  +", "0x00003000  0x0000C000  +")] // an overlap
    [InlineData("0x00004000  0x0000B000  +", "0x00004000  0x0000B000  -")] // bad-sector status
    [InlineData("0x00004000  0x0000B000  +", "0x00004000  0x00000000  +")]
    [InlineData("0x00004000  0x0000B000  +", "0x00004000  -0xB000  +")]
    [InlineData("0x00004000  0x0000B000  +", "0x00004000  0x0000B000")]
    [InlineData("0x00004000  0x0000B000  +", "0x00004000  0x7FFFFFFFFFFFFFFF  +")]
    [InlineData("0x00010000     ?\n", "")]
    public void A_map_with_holes_in_it_is_refused(string good, string bad) =>
        Assert.Throws<FormatException>(() => Parse(Good.Replace(good, bad, StringComparison.Ordinal)));

    [Fact]
    public void An_empty_map_is_refused() => Assert.Throws<FormatException>(() => Parse(""));

    [Fact]
    public void Damage_is_refused_and_never_a_fault() => TextMutation.Fuzz(Good, text => Parse(text));

    private static DomainMap Parse(string text) => DomainMap.Parse(new StringReader(text));
}
