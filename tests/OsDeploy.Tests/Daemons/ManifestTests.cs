using System.Text;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Tests.Hosts;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>A list of MAC address, image and name: who is in it is asked nothing, and who is not is asked once.</summary>
public sealed class ManifestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_computer_of_the_list_is_known_at_its_first_start()
    {
        await using var daemon = await ImportedAsync();

        var orders = await (await daemon.MeetAsync(1)).PollAsync();

        Assert.Equal((AgentState.Idle, "r12-pc01", "win11"), (orders.State, orders.Name, orders.Configuration));
        Assert.Empty(await daemon.Admin.CallAsync(HostApi.ListPending, Cancel));
    }

    [Fact]
    public async Task A_computer_that_is_not_in_the_list_is_asked_about_once_and_the_answer_is_kept()
    {
        await using var daemon = await ImportedAsync();
        var agent = await daemon.MeetAsync(9);
        Assert.Equal(AgentState.Pending, (await agent.PollAsync()).State);

        // As the technician answers at its screen.
        var pending = (await daemon.As(agent.Token).CallAsync(AgentApi.Facts, Cancel)).Pending!;
        await daemon.Admin.CallAsync(HostApi.Approve, new Approval(Name: "r12-pc09", Configuration: "win11"), Cancel, pending);
        Assert.Equal("r12-pc09", (await agent.PollAsync()).Name);

        await daemon.RestartAsync();
        var again = await (await daemon.MeetAsync(9)).PollAsync();
        Assert.Equal((AgentState.Idle, "r12-pc09", "win11"), (again.State, again.Name, again.Configuration));
        var list = await daemon.SendAsync(HostApi.Export, daemon.Token);
        Assert.Contains($"{TestRegistry.Mac(9)};;r12-pc09;;win11;", list.Text, StringComparison.Ordinal);
    }

    private static async Task<TestDaemon> ImportedAsync()
    {
        var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("win11"), Cancel);
        var list = Encoding.UTF8.GetBytes($"{TestRegistry.Mac(1)};win11;r12-pc01\n{TestRegistry.Mac(2)};win11;r12-pc02\n");
        Assert.True((await daemon.Admin.CallAsync(HostApi.Import, new HostImport(list, Apply: true), Cancel)).IsApplied);
        return daemon;
    }
}
