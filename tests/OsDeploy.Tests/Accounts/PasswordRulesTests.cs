using OsDeploy.Api.Accounts;
using Xunit;

namespace OsDeploy.Tests.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("correct horse")]
    [InlineData("grün blau 7")]
    [InlineData("日本語日本話かなカナ漢字")]
    [InlineData("anna mag gern Kuchen")] // has the name in it, and enough beside it
    [InlineData("passwords are boring")]
    public void A_password_that_nobody_guesses_is_taken(string password) => PasswordRules.Check(password, OperatorName.Parse("anna"));

    [Theory]
    [InlineData("", "0 characters")]
    [InlineData("Xk9!vfQz2", "9 characters")]
    [InlineData("😀😁😂🤣😃😄😅😆😉", "9 characters")] // not 18
    [InlineData("aaaaaaaaaaaaaa", "repeats")]
    [InlineData("abcabcabcabc", "repeats")]
    [InlineData("annaannaanna", "repeats")]
    [InlineData("Anna-2026!", "name")]
    [InlineData("Passwort2026", "first")]
    [InlineData("!!PASSWORD!!", "first")]
    [InlineData("osdeploy12345", "first")]
    [InlineData("1234567890", "counts")]
    [InlineData("9876543210", "counts")]
    [InlineData("6789012345", "counts")]
    [InlineData("abcdefghi\ud800", "no text")] // an unpaired surrogate
    public void A_bad_one_is_refused_and_it_is_said_why(string password, string why)
    {
        var refused = Assert.Throws<UserErrorException>(() => PasswordRules.Check(password, OperatorName.Parse("anna")));
        Assert.Equal("password-rejected", refused.Code);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.True(password.Length == 0 || !(refused.Message + refused.Hint).Contains(password, StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_of_one_letter_may_be_in_any_password() => PasswordRules.Check("banana boat", OperatorName.Parse("a"));

    [Fact]
    public void Up_to_128_characters_are_taken()
    {
        var longest = string.Concat(Enumerable.Range(0, 16).Select(i => $"{i:x} words "))[..PasswordRules.MaxLength];
        PasswordRules.Check(longest, OperatorName.Parse("anna"));
        Assert.Throws<UserErrorException>(() => PasswordRules.Check(longest + "x", OperatorName.Parse("anna")));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("anna")]
    [InlineData("a.b_c-9")]
    [InlineData("abcdefghijklmnopqrstuvwxyz012345")]
    public void A_name_by_the_grammar_is_taken(string name) => Assert.Equal(name, OperatorName.Parse(name).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("Anna")]
    [InlineData("9anna")]
    [InlineData("-anna")]
    [InlineData(".anna")]
    [InlineData("anna b")]
    [InlineData("anna\n")]
    [InlineData("ännchen")]
    [InlineData("anna/../root")]
    [InlineData("\u001b[2Janna")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456")]
    [InlineData("root")]
    [InlineData("www-data")]
    [InlineData("systemd-network")]
    public void Any_other_name_is_refused(string name)
    {
        Assert.False(OperatorName.TryParse(name, out _));
        var refused = Assert.Throws<UserErrorException>(() => OperatorName.Parse(name));
        Assert.Equal("operator-name-rejected", refused.Code);
        Assert.DoesNotContain('\u001b', refused.Message);
    }

    [Fact]
    public void That_root_is_no_account_is_said() =>
        Assert.Contains("belongs to the system", Assert.Throws<UserErrorException>(() => OperatorName.Parse("root")).Message, StringComparison.Ordinal);
}
