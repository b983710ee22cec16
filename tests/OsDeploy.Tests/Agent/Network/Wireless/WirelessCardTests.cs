using OsDeploy.Agent.Network.Wireless;
using Xunit;

namespace OsDeploy.Tests.Agent.Network.Wireless;

/// <summary>The card with a control socket of its own, on which a test answers.</summary>
public sealed class WirelessCardTests : IDisposable
{
    private const string Key = "correct horse";
    private readonly TemporaryFolder _folder = new();
    private readonly Ssid _school = Ssid.TryOfText("School", out var ssid) ? ssid : default;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_heard_is_listed_with_events_in_between()
    {
        await using var supplicant = new ScriptedSupplicant(_folder["wlan0"], request => request switch
        {
            "SCAN" => ["<3>CTRL-EVENT-SCAN-STARTED ", "OK\n", "<3>CTRL-EVENT-SCAN-RESULTS "],
            "BSS 0 MASK=0x1881" => ["<3>CTRL-EVENT-BSS-ADDED 2 02:00:00:00:00:02", "id=0\nlevel=-70\nflags=[ESS]\nssid=Guests\n"],
            "BSS 1 MASK=0x1881" => ["id=1\nlevel=-40\nflags=[WPA2-PSK-CCMP][ESS]\nssid=School\n"],
            "BSS 2 MASK=0x1881" => ["id=2\nlevel=-30\nflags=[ESS]\nssid=\n"],
            "ATTACH" => ["OK\n"],
            _ => [""],
        });

        var heard = await NewCard().ListenAsync(Cancel);

        Assert.Equal(["School", "Guests"], heard.Select(network => network.Ssid.Shown));
        Assert.Equal("BSS 3 MASK=0x1881", supplicant.Asked[^1]);
    }

    [Theory]
    [InlineData("<3>CTRL-EVENT-CONNECTED - Connection to 02:00:00:00:01:00 completed", JoinEnd.Joined)]
    [InlineData("<3>CTRL-EVENT-SSID-TEMP-DISABLED id=0 ssid=\"School\" auth_failures=1 duration=10 reason=WRONG_KEY", JoinEnd.WrongKey)]
    public async Task A_network_is_joined_by_its_key_which_is_forgotten_if_it_was_wrong(string happens, JoinEnd expected)
    {
        await using var supplicant = new ScriptedSupplicant(_folder["wlan0"], request => request switch
        {
            "ADD_NETWORK" => ["7\n"],
            "SELECT_NETWORK 7" => ["OK\n", "<3>Trying to associate with 02:00:00:00:01:00", happens],
            _ => ["OK\n"],
        });

        Assert.Equal(expected, await NewCard().JoinAsync(_school, WirelessKey.TryParse(Key), isHidden: false, Cancel));

        Assert.Contains($"SET_NETWORK 7 psk \"{Key}\"", supplicant.Asked);
        Assert.Equal(expected == JoinEnd.Joined ? 1 : 2, supplicant.Asked.Count(request => request == "REMOVE_NETWORK all"));
        Assert.Equal(["wlan0"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_card_that_refuses_its_orders_is_named_without_the_key()
    {
        await using var supplicant = new ScriptedSupplicant(_folder["wlan0"], request => [request.Contains("psk", StringComparison.Ordinal) ? "FAIL\n" : "OK\n"]);

        var e = await Assert.ThrowsAsync<UserErrorException>(() => NewCard().JoinAsync(_school, WirelessKey.TryParse(Key), isHidden: false, Cancel));

        Assert.Equal("wireless-silent", e.Code);
        Assert.DoesNotContain(Key, e.ToString(), StringComparison.Ordinal);
        Assert.Equal("REMOVE_NETWORK all", supplicant.Asked[^1]);
    }

    [Fact]
    public async Task A_socket_that_nobody_listens_on_does_not_keep_a_card_from_being_started()
    {
        await File.WriteAllTextAsync(_folder["wlan0"], "", Cancel);
        var e = await Assert.ThrowsAsync<UserErrorException>(() => NewCard().ListenAsync(Cancel));
        Assert.Contains(e.Code, new[] { "tool-missing", "wireless-silent" });
        Assert.False(File.Exists(_folder["wlan0"]));
    }

    [Fact]
    public async Task A_card_that_is_off_by_a_switch_is_not_asked()
    {
        Directory.CreateDirectory(_folder["radios/rfkill0"]);
        await File.WriteAllTextAsync(_folder["radios/rfkill0/type"], "wlan\n", Cancel);
        await File.WriteAllTextAsync(_folder["radios/rfkill0/hard"], "1\n", Cancel);
        Assert.Equal("wireless-off", (await Assert.ThrowsAsync<UserErrorException>(() => NewCard().ListenAsync(Cancel))).Code);
    }

    private WirelessCard NewCard() => new("wlan0", _folder.Path, _folder["radios"], TimeProvider.System);
}
