using OsDeploy.Api;
using OsDeploy.Server.Api;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosts;
using Xunit;

namespace OsDeploy.Tests.Hosts;

public sealed class HandlersTests
{
    [Fact]
    public async Task Every_route_of_hosts_and_configurations_has_a_handler()
    {
        await using var test = new TestRegistry();
        var table = new HandlerTable();

        new HostHandlers(test.Hosts, test.Rooms, test.Meetings, test.Imports, new HostRenames(test.Registry), () => new Dictionary<string, string>()).Map(table);
        new ConfigurationHandlers(test.Configurations).Map(table);

        Assert.All(HostApi.All.Concat(ConfigurationApi.All), route => Assert.NotNull(table[route]));
    }
}
