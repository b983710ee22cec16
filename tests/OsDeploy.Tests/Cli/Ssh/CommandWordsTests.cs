using OsDeploy.Cli.Ssh;
using Xunit;

namespace OsDeploy.Tests.Cli.Ssh;

public sealed class CommandWordsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("   ", new string[0])]
    [InlineData("osdeploy", new[] { "osdeploy" })]
    [InlineData("  osdeploy   host list --json ", new[] { "osdeploy", "host", "list", "--json" })]
    [InlineData("a '' b", new[] { "a", "", "b" })]
    [InlineData("a \"\" b", new[] { "a", "", "b" })]
    [InlineData("'two words'", new[] { "two words" })]
    [InlineData("\"two words\"", new[] { "two words" })]
    [InlineData("on'e wo'\"rd\"", new[] { "one word" })]
    [InlineData("'it'\"'\"'s'", new[] { "it's" })]
    [InlineData("'$(id) `id` \\ ; | * ?'", new[] { "$(id) `id` \\ ; | * ?" })]
    [InlineData("\"a;b|c*d?e#f~g(h)\"", new[] { "a;b|c*d?e#f~g(h)" })]
    [InlineData("--name=r101-pc01 win11@3f2a9c a,b:c/d.e_f+g%h^i", new[] { "--name=r101-pc01", "win11@3f2a9c", "a,b:c/d.e_f+g%h^i" })]
    public void A_line_is_cut_at_blanks_and_quotes_keep_what_they_hold(string line, string[] words) => Assert.Equal(words, CommandWords.Split(line));

    [Theory]
    [InlineData("osdeploy status; sh")]
    [InlineData("osdeploy status && sh")]
    [InlineData("osdeploy status | sh")]
    [InlineData("osdeploy $(sh)")]
    [InlineData("osdeploy `sh`")]
    [InlineData("osdeploy ${IFS}")]
    [InlineData("osdeploy \"$HOME\"")]
    [InlineData("osdeploy \"`id`\"")]
    [InlineData("osdeploy \"\\n\"")]
    [InlineData("osdeploy \"!1\"")]
    [InlineData("osdeploy a\\ b")]
    [InlineData("osdeploy < /etc/passwd")]
    [InlineData("osdeploy > /tmp/x")]
    [InlineData("osdeploy host show r101-*")]
    [InlineData("osdeploy ~root")]
    [InlineData("osdeploy # remark")]
    [InlineData("osdeploy 'no end")]
    [InlineData("osdeploy \"no end")]
    [InlineData("osdeploy 'a' 'b")]
    [InlineData("osdeploy\tstatus")]
    [InlineData("osdeploy\nsh")]
    [InlineData("osdeploy\rsh")]
    [InlineData("osdeploy \u001b[2J")]
    [InlineData("osdeploy '\u0000'")]
    [InlineData("osdeploy '\u007f'")]
    [InlineData("osdeploy 'B\u00fcro'")]
    [InlineData("osdeploy \u00a0status")]
    [InlineData("osdeploy '\u202e'")]
    public void What_a_shell_would_act_on_and_what_is_not_printable_is_refused(string line) =>
        Assert.Equal("usage-ssh-command", Assert.Throws<UserErrorException>(() => CommandWords.Split(line)).Code);

    [Fact]
    public void A_line_has_4096_characters_and_not_one_more()
    {
        Assert.Single(CommandWords.Split(new string('a', CommandWords.MaxLength)));
        Assert.Throws<UserErrorException>(() => CommandWords.Split(new string('a', CommandWords.MaxLength + 1)));
    }

    [Fact]
    public void What_was_joined_is_cut_into_the_same_words() => Seeded.Cases(2000, random =>
    {
        var words = Enumerable.Range(0, random.Next(1, 8)).Select(_ => PrintableWord(random)).ToList();

        Assert.Equal(words, CommandWords.Split(CommandWords.Join(words)));
    });

    [Fact]
    public void Whatever_comes_is_refused_or_holds_nothing_but_printable_ASCII() => Seeded.Cases(20_000, random =>
    {
        var line = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => AnyLetter(random)));
        try
        {
            var words = CommandWords.Split(line);
            Assert.All(words, word => Assert.All(word, letter => Assert.InRange(letter, ' ', '~')));

            // Nothing appears that was not there, and nothing is lost but quotes and the blanks outside them.
            Assert.Equal(WithoutQuotesAndBlanks(line), WithoutQuotesAndBlanks(string.Concat(words)));
            Assert.Equal(words, CommandWords.Split(CommandWords.Join(words)));
        }
        catch (UserErrorException e)
        {
            Assert.Equal("usage-ssh-command", e.Code);
        }
    });

    private static string PrintableWord(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(' ', '~' + 1)));

    // Mostly what has a meaning, so that most lines are on the edge of being taken.
    private static char AnyLetter(Random random) => random.Next(20) switch
    {
        0 => (char)random.Next(0x3000),
        < 8 => "'\" "[random.Next(3)],
        < 10 => ";&|<>$`\\(){}[]*?!#~\t\n"[random.Next(21)],
        _ => (char)random.Next('a', 'z' + 1),
    };

    private static string WithoutQuotesAndBlanks(string text) =>
        text.Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
}
