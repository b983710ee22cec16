using OsDeploy.Cli.Login;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("school-server", "https://school-server:7443")]
    [InlineData("School-Server:8443", "https://school-server:8443")]
    [InlineData("10.0.0.2", "https://10.0.0.2:7443")]
    [InlineData("https://school-server", "https://school-server:7443")]
    [InlineData("https://school-server/", "https://school-server:7443")]
    [InlineData("https://school-server:443", "https://school-server:443")]
    [InlineData("https://[fd00::1]", "https://[fd00::1]:7443")]
    [InlineData("[fd00::1]:8443", "https://[fd00::1]:8443")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("unix:/run/osdeployd.sock", "unix:/run/osdeployd.sock")]
    public void An_address_has_one_spelling(string typed, string spelling)
    {
        Assert.Equal(spelling, ServerAddress.Parse(typed).ToString());
        Assert.Equal(spelling, ServerAddress.Parse(spelling).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("unix:")]
    [InlineData("unix:relative.sock")]
    [InlineData("http://school-server")]
    [InlineData("ftp://school-server")]
    [InlineData("https://anna:word@school-server")]
    [InlineData("https://school-server/store")]
    [InlineData("https://school-server?a=b")]
    [InlineData("/var/lib/store")]
    [InlineData("school server")]
    public void What_is_no_address_is_refused(string typed) => Assert.Equal("usage-server", Assert.Throws<UserErrorException>(() => ServerAddress.Parse(typed)).Code);

    [Fact]
    public void No_address_is_the_daemon_of_this_computer() => Assert.Equal("unix:/var/lib/osdeploy/osdeployd.sock", default(ServerAddress).ToString());
}
