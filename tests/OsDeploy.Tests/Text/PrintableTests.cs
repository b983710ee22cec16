using OsDeploy.Text;
using Xunit;

namespace OsDeploy.Tests.Text;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("Samsung SSD 980", "Samsung SSD 980")]
    [InlineData("Öffentlich ✓ 日本", "Öffentlich ✓ 日本")]
    [InlineData("  spaces  ", "spaces")]
    [InlineData("a\tb\nc\r", "a?b?c?")]
    [InlineData("\u001b[2J\u001b]0;title\u0007", "?[2J?]0;title?")]
    [InlineData("\u009b31m", "?31m")] // C1 control sequence introducer
    [InlineData("del\u007f", "del?")]
    [InlineData("nul\0x", "nul?x")]
    [InlineData("abc\u202egpj.exe", "abc?gpj.exe")] // right-to-left override
    [InlineData("a\u200bb\u2060c\ufeffd", "a?b?c?d")] // zero width
    [InlineData("line\u2028para\u2029", "line?para?")]
    [InlineData("\ue000private", "?private")]
    [InlineData(null, "")]
    [InlineData("", "")]
    public void Only_harmless_characters_pass(string? text, string expected) => Assert.Equal(expected, Printable.Of(text));

    [Fact]
    public void An_unpaired_surrogate_does_not_pass() => Assert.Equal("a?b", Printable.Of("a\ud83d" + "b"));

    [Fact]
    public void Long_text_is_cut() => Assert.Equal("abcde…", Printable.Of("abcdefgh", width: 5));

    [Fact]
    public void A_pair_is_never_cut_in_two() => Assert.Equal("abcd…", Printable.Of("abcd😀", width: 5));
}
