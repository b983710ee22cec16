using OsDeploy.Api.Hosts;
using OsDeploy.Cli;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class DetailSettingTests
{
    [Fact]
    public void What_is_said_is_set_and_an_empty_value_takes_one_away() => Assert.Equal(
        new HostDetails(Owner: "Library = 2", Serial: "", WlanMac: "52:54:00:12:34:56"), DetailSetting.Parse(["owner=Library = 2", "serial=", "wlanmac=52:54:00:12:34:56"]));

    [Fact]
    public void Nothing_said_changes_nothing() => Assert.Null(DetailSetting.Parse([]));

    [Fact]
    public void Every_key_is_one_of_the_list() => Assert.All(DetailSetting.Keys, key => Assert.NotEqual(new HostDetails(), DetailSetting.Parse([key + "=x"])));

    [Theory]
    [InlineData("owner")]
    [InlineData("colour=red")]
    [InlineData("Owner=x")]
    [InlineData("=x")]
    [InlineData("")]
    public void What_is_not_understood_is_named(string text) =>
        Assert.Contains($"\"{text}\"", Assert.Throws<UserErrorException>(() => DetailSetting.Parse([text])).Message, StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_said_twice() => Assert.Equal("usage-detail", Assert.Throws<UserErrorException>(() => DetailSetting.Parse(["ip=1", "ip=2"])).Code);
}
