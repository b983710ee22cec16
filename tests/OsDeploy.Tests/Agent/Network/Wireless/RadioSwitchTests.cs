using OsDeploy.Agent.Network.Wireless;
using Xunit;

namespace OsDeploy.Tests.Agent.Network.Wireless;

public sealed class RadioSwitchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", false)]
    [InlineData("wlan:0", false)]
    [InlineData("wlan:1", true)]
    [InlineData("wlan:1 wlan:0", false)]
    [InlineData("bluetooth:1", false)]
    [InlineData("bluetooth:0 wlan:1", true)]
    public void It_is_off_where_every_radio_is(string radios, bool isOff)
    {
        foreach (var (radio, number) in radios.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((radio, number) => (radio.Split(':'), number)))
        {
            Make(number, radio[0], radio[1]);
        }

        Assert.Equal(isOff, RadioSwitch.IsOff(_folder.Path));
        Assert.False(RadioSwitch.IsOff(_folder["none"]));
    }

    [Fact]
    public void What_was_switched_off_by_program_is_switched_on()
    {
        Make(0, "wlan", "0");
        Make(1, "bluetooth", "0");
        RadioSwitch.Release(_folder.Path);
        Assert.Equal("0", File.ReadAllText(_folder["rfkill0/soft"]));
        Assert.Equal("1", File.ReadAllText(_folder["rfkill1/soft"]));
    }

    private void Make(int number, string type, string hard)
    {
        var radio = Directory.CreateDirectory(_folder[$"rfkill{number}"]).FullName;
        File.WriteAllText(Path.Combine(radio, "type"), type + "\n");
        File.WriteAllText(Path.Combine(radio, "soft"), "1");
        File.WriteAllText(Path.Combine(radio, "hard"), hard + "\n");
    }
}
