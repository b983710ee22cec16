using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Health;
using OsDeploy.Api.Helper;
using OsDeploy.Tests.Boot;
using OsDeploy.Tests.Daemons;
using Xunit;

namespace OsDeploy.Tests.Health;

public sealed class HealthRouteTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_may_look_sees_how_the_appliance_is()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var helper = new StubHelper(daemon.HelperSocket)
        {
            Answer = request => request is DiskHealthRequest ? HelperAnswer.Healthy([new DiskHealth("sda", "A disk", 1 << 30, IsVirtual: false, Passed: true, Temperature: 34)]) : null,
        };
        var viewer = await daemon.AddOperatorAsync("vera", Role.Viewer);

        var report = await daemon.As(viewer).CallAsync(HealthApi.Show, Cancel);
        var again = await daemon.As(viewer).CallAsync(HealthApi.Show, Cancel);

        Assert.Equal(
            ["disk-sda", "temperature", "memory", "clock", "helper", "dnsmasq", "certificate", "room", "file-system", "scrub", "backup", "sockets"],
            report.Items.Select(item => item.Id));
        Assert.Equal(HealthState.Ok, report.Items.Single(item => item.Id == "disk-sda").State);
        Assert.Equal(HealthState.Ok, report.Items.Single(item => item.Id == "helper").State);
        Assert.Equal(HealthState.Ok, report.Items.Single(item => item.Id == "file-system").State);
        Assert.Equal(report.At, again.At);
        Assert.Single(helper.Requests, request => request is DiskHealthRequest);
    }

    [Fact]
    public async Task Without_a_helper_the_rest_is_said_all_the_same()
    {
        await using var daemon = await TestDaemon.StartAsync(mirrors: true);

        var report = await daemon.Admin.CallAsync(HealthApi.Show, Cancel);

        Assert.Equal(HealthState.Unknown, report.Items.Single(item => item.Id == "disks").State);
        Assert.Equal(HealthState.Bad, report.Items.Single(item => item.Id == "helper").State);
        Assert.Contains(report.Items, item => item.Id == "ssh");
        Assert.Contains((await daemon.Admin.CallAsync(ApplianceApi.Status, Cancel)).Alarms, alarm => alarm.Id == "health-helper");
    }
}
