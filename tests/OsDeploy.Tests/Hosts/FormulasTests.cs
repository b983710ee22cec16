using OsDeploy.Server.Hosts.Lists;
using Xunit;

namespace OsDeploy.Tests.Hosts;

public sealed class FormulasTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM", "'@SUM")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("'=1", "''=1")]
    [InlineData("it's", "it's")]
    [InlineData("'quoted'", "'quoted'")]
    public void What_a_spreadsheet_would_compute_becomes_text(string value, string written)
    {
        Assert.Equal(written, Formulas.Neutralised(value));
        Assert.Equal(value, Formulas.Restored(written));
    }

    [Fact]
    public void Every_text_comes_back_and_none_is_computed() => Seeded.Cases(5000, random =>
    {
        var text = new string(random.GetItems<char>("'=+-@\ta ", random.Next(8)));

        Assert.Equal(text, Formulas.Restored(Formulas.Neutralised(text)));
        Assert.False(Formulas.Neutralised(text) is ['=' or '+' or '-' or '@' or '\t', ..]);
    });
}
