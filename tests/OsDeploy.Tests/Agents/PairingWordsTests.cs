using System.Security.Cryptography;
using System.Text;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Hosts;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Screens.Machine;
using Xunit;

namespace OsDeploy.Tests.Agents;

public sealed class PairingWordsTests
{
    private static readonly ServerKey s_key = KeyOf('a');

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Both_ends_say_the_same_and_whoever_stands_between_says_something_else() => Seeded.Cases(200, random =>
    {
        var (nonce, other) = (Draw(random), Draw(random));
        var words = PairingWords.Of(nonce, s_key);

        Assert.Matches("^([a-z]{5} ){3}[a-z]{5}$", words);
        Assert.Equal(words, PairingWords.OfHash(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(nonce))), s_key));
        Assert.NotEqual(words, PairingWords.Of(other, s_key));
        Assert.NotEqual(words, PairingWords.Of(nonce, KeyOf('b')));
        Assert.NotEqual(words, s_key.Words);
    });

    [Fact]
    public async Task A_computer_shows_the_words_that_the_console_shows_beside_it()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, BenchComputer.Disk("S1")));
        var state = await bench.UntilAsync(state => state.Orders?.State == AgentState.Pending);

        var pending = Assert.Single(await daemon.Admin.CallAsync(HostApi.ListPending, Cancel));
        Assert.NotNull(state.PairingWords);
        Assert.Equal(state.PairingWords, pending.Words);

        await daemon.Admin.CallAsync(HostApi.Approve, new Approval(Name: "pc01"), Cancel, pending.Id);
        bench.Session.PollNow();
        Assert.Null((await bench.UntilAsync(state => state.Orders?.State == AgentState.Idle)).PairingWords);
    }

    [Fact]
    public async Task A_computer_that_was_restarted_has_the_words_of_its_last_start()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.MeetAsync(1);
        var again = new TestAgent(daemon, TestRegistry.Laptop(1, 1), TestRegistry.Machine);
        await again.HelloAsync();

        Assert.Equal(PairingWords.Of(again.Nonce, daemon.Key), Assert.Single(await daemon.Admin.CallAsync(HostApi.ListPending, Cancel)).Words);
    }

    private static string Draw(Random random) => new Guid([.. Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256))]).ToString("N");

    private static ServerKey KeyOf(char digit) => ServerKey.TryParse(new string(digit, 64), out var key) ? key : default;
}
