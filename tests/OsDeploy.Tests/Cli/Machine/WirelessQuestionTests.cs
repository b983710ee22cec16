using OsDeploy.Agent.Network.Wireless;
using OsDeploy.Cli.Machine;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Tests.Screens.Forms;
using Xunit;

namespace OsDeploy.Tests.Cli.Machine;

public sealed class WirelessQuestionTests
{
    private const string Key = "correct horse";
    private readonly List<string> _joined = [];
    private readonly Queue<JoinEnd> _ends = new();
    private IReadOnlyList<WirelessNetwork> _heard = [Network("lab_1_guest", -30), Network("Evil\u001b[2J", -60, WirelessSecurity.Open), Network("Staff", -80, WirelessSecurity.Other)];
    private int _listened;

    public WirelessQuestionTests() => Language.Use(Language.English);

    [Fact]
    public async Task A_network_is_chosen_by_its_number_and_the_key_is_not_shown()
    {
        var script = new ScriptedLines("1", Key);
        Assert.Equal(FormEnd.Done, await AskAsync(script));

        Assert.Equal([$"lab_1_guest \"{Key}\""], _joined);
        Assert.Contains("1 lab_1_guest  100 %\n", script.Said, StringComparison.Ordinal);
        Assert.Contains("2 Evil?[2J  80 %, without a key", script.Said, StringComparison.Ordinal);
        Assert.Contains("3 Staff  40 %, asks for user names", script.Said, StringComparison.Ordinal);
        Assert.Contains("Key: (hidden)", script.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, script.Said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', script.Said);
    }

    [Fact]
    public async Task The_strongest_is_proposed_and_a_wrong_key_is_said_and_asked_again()
    {
        _ends.Enqueue(JoinEnd.WrongKey);
        var script = new ScriptedLines("", "wrong horse", "", "short", Key);
        Assert.Equal(FormEnd.Done, await AskAsync(script));

        Assert.Equal(["lab_1_guest \"wrong horse\"", $"lab_1_guest \"{Key}\""], _joined);
        Assert.Contains("! lab_1_guest does not accept this key.   [wireless-key]", script.Said, StringComparison.Ordinal);
        Assert.Contains("A key has 8 to 63", script.Said, StringComparison.Ordinal);
        Assert.Equal(1, _listened);
    }

    [Theory]
    [InlineData(JoinEnd.NotFound, "[wireless-not-found]")]
    [InlineData(JoinEnd.Refused, "[wireless-refused]")]
    public async Task Whatever_fails_is_said_and_back_leads_to_a_new_list(JoinEnd end, string said)
    {
        _ends.Enqueue(end);
        var script = new ScriptedLines("1", Key, "<", "<");
        Assert.Equal(FormEnd.Back, await AskAsync(script));

        Assert.Contains(said, script.Said, StringComparison.Ordinal);
        Assert.Equal(2, _listened);
    }

    [Fact]
    public async Task An_open_network_asks_for_no_key()
    {
        Assert.Equal(FormEnd.Done, await AskAsync(new ScriptedLines("2")));
        Assert.Equal(["Evil?[2J open"], _joined);
    }

    [Fact]
    public async Task A_network_with_user_names_is_refused_in_words()
    {
        var script = new ScriptedLines("3", "<");
        Assert.Equal(FormEnd.Back, await AskAsync(script));
        Assert.Contains("[wireless-impossible]", script.Said, StringComparison.Ordinal);
        Assert.Empty(_joined);
    }

    [Theory]
    [InlineData(Key, $"Verborgen \"{Key}\" hidden")]
    [InlineData("", "Verborgen open hidden")]
    public async Task A_network_that_hides_its_name_is_joined_by_typing_it(string key, string joined)
    {
        Assert.Equal(FormEnd.Done, await AskAsync(new ScriptedLines("4", "", "Verborgen", key)));
        Assert.Equal([joined], _joined);
    }

    [Fact]
    public async Task Where_nothing_is_heard_it_is_listened_again()
    {
        _heard = [];
        Assert.Equal(FormEnd.Back, await AskAsync(new ScriptedLines("", "2", "<")));
        Assert.Equal(3, _listened);
    }

    [Fact]
    public async Task Nobody_there_ends_it() => Assert.Equal(FormEnd.Left, await AskAsync(new ScriptedLines("1")));

    [Fact]
    public async Task A_card_that_cannot_listen_is_an_error_in_words()
    {
        var script = new ScriptedLines();
        var question = new WirelessQuestion(script.Lines, _ => throw new UserErrorException("wireless-off", "It is off.", "Switch it on."), (_, _, _, _) => Task.FromResult(JoinEnd.Joined));
        Assert.Equal(FormEnd.Back, await question.AskAsync(TestContext.Current.CancellationToken));
        Assert.Contains("! It is off.   [wireless-off]\nSwitch it on.", script.Said, StringComparison.Ordinal);
    }

    private static WirelessNetwork Network(string name, int level, WirelessSecurity security = WirelessSecurity.Key) =>
        new(Ssid.TryOfText(name, out var ssid) ? ssid : default, level, security);

    private Task<FormEnd> AskAsync(ScriptedLines script)
    {
        var question = new WirelessQuestion(
            script.Lines,
            _ =>
            {
                _listened++;
                return Task.FromResult(_heard);
            },
            (ssid, key, isHidden, _) =>
            {
                _joined.Add($"{ssid.Shown} {key?.Quoted ?? "open"}{(isHidden ? " hidden" : "")}");
                return Task.FromResult(_ends.TryDequeue(out var end) ? end : JoinEnd.Joined);
            });
        return question.AskAsync(TestContext.Current.CancellationToken);
    }
}
