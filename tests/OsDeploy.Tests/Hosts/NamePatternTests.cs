using OsDeploy.Server.Hosts;
using Xunit;

namespace OsDeploy.Tests.Hosts;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("r101-pc##", "r101-pc01", "r101-pc02")]
    [InlineData("#-lab", "1-lab", "2-lab")]
    [InlineData("pc#", "pc1", "pc2")]
    [InlineData("r12-pc{01..30}", "r12-pc01", "r12-pc02")]
    [InlineData("{9..12}-lab", "9-lab", "10-lab")]
    [InlineData("pc{098..100}", "pc098", "pc099")]
    public void A_pattern_counts_from_1_or_its_first_number(string text, string first, string second)
    {
        Assert.True(NamePattern.TryParse(text, out var pattern));
        Assert.Equal([first, second], pattern.Names().Take(2).Select(name => name.ToString()));
        Assert.Equal(text, pattern.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pc")]
    [InlineData("##")]
    [InlineData("a#b#")]
    [InlineData("-pc##")]
    [InlineData("pc##-")]
    [InlineData("pc ##")]
    [InlineData("pc\u001b##")]
    [InlineData("verylongname-###")]
    [InlineData("a#######")]
    [InlineData("pc{30..01}")]
    [InlineData("pc{01..5}")]
    [InlineData("pc{1..a}")]
    [InlineData("pc{..5}")]
    [InlineData("pc{1..2000000000}")]
    [InlineData("pc{-1..5}")]
    [InlineData("pc}1..5{")]
    [InlineData("pc{1..2}{1..2}")]
    [InlineData("verylongname-pc{1..100}")]
    [InlineData("{1..30}")]
    public void What_makes_no_Windows_name_is_no_pattern(string? text) => Assert.False(NamePattern.TryParse(text, out _));

    [Theory]
    [InlineData("r101", "r101-01")]
    [InlineData("101", "101-01")]
    [InlineData("Raum 101 (Süd)", "Raum-101--S-01")]
    [InlineData("Bücherei", "B-cherei-01")]
    [InlineData("図書館", "pc-01")]
    public void A_room_without_a_pattern_lends_its_name(string room, string first) =>
        Assert.Equal(first, NamePattern.OfRoom(room).Names().First().ToString());

    [Fact]
    public void A_range_ends_where_it_says()
    {
        Assert.True(NamePattern.TryParse("r12-pc{8..11}", out var range));
        Assert.Equal(["r12-pc8", "r12-pc9", "r12-pc10", "r12-pc11"], range.Names().Select(name => name.ToString()));
    }

    [Fact]
    public void Numbers_grow_as_long_as_Windows_takes_them()
    {
        Assert.True(NamePattern.TryParse("abcdefghijklm##", out var full));
        Assert.Equal(99, full.Names().Count());
        Assert.Equal("r-100", NamePattern.OfRoom("r").Names().ElementAt(99).ToString());
    }
}
