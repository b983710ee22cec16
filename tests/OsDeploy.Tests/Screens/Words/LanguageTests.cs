using OsDeploy.Screens.Words;
using Xunit;

namespace OsDeploy.Tests.Screens.Words;

public sealed class LanguageTests
{
    [Theory]
    [InlineData(null, null, null, null, "en")]
    [InlineData(null, null, null, "de_AT.UTF-8", "de")]
    [InlineData(null, null, "fr_CA", "de_DE.UTF-8", "fr")]
    [InlineData(null, "C", "fr_FR", "de_DE", "en")]
    [InlineData(null, "", "fr_FR@euro", "de_DE", "fr")]
    [InlineData("de", "fr_FR.UTF-8", null, null, "de")]
    [InlineData("FR", null, null, "de", "fr")]
    [InlineData(null, null, null, "nl_NL.UTF-8", "en")]
    public void The_first_that_says_something_decides(string? option, string? all, string? messages, string? lang, string expected)
    {
        var language = Language.Choose(option, name => name switch { "LC_ALL" => all, "LC_MESSAGES" => messages, "LANG" => lang, _ => null });

        Assert.Equal(expected, language.Code);
    }

    [Theory]
    [InlineData("en", "0 hosts, 1 host, 2 hosts")]
    [InlineData("fr", "0 poste, 1 poste, 2 postes")]
    [InlineData("de", "0 Räume, 1 Raum, 2 Räume")]
    public void Each_language_counts_its_own_way(string code, string expected)
    {
        Language.Use(Language.Find(code)!);
        var (one, other) = code == "de"
            ? (OsDeploy.Screens.Words.Common.RoomsOne, OsDeploy.Screens.Words.Common.RoomsOther)
            : (OsDeploy.Screens.Words.Common.HostsOne, OsDeploy.Screens.Words.Common.HostsOther);

        Assert.Equal(expected, string.Join(", ", new[] { 0, 1, 2 }.Select(number => Language.Count(number, one, other))));
    }

    [Fact]
    public void Who_draws_hears_of_another_language()
    {
        var heard = 0;
        void Count(object? sender, EventArgs e) => heard++;
        Language.Changed += Count;
        Language.Use(Language.French);
        Language.Changed -= Count;

        Assert.True(heard > 0);
    }
}
