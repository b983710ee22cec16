using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Health;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class HealthVerbTests
{
    private static readonly HealthReport s_report = new(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), [
        new("disk-sda", HealthState.Ok, "sda: well."),
        new("room", HealthState.Bad, "No room \u001b[2J.", "Make some."),
        new("clock", HealthState.Unknown, "Nobody knows.", "Look at it."),
    ]);

    [Fact]
    public async Task What_needs_somebody_comes_first_and_ends_with_3()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HealthApi.Show, s_report);

        var shown = await server.RunAsync("appliance health", 3);

        Assert.StartsWith("bad      room      No room ?[2J.\n                   Make some.\nunknown  clock     Nobody knows.\nok       disk-sda  sda: well.\nLooked at ", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_well_ends_with_0_and_a_script_gets_all_of_it()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HealthApi.Show, s_report with { Items = [s_report.Items[0], s_report.Items[2]] });

        var shown = await server.RunAsync("appliance health --json");

        using var parsed = JsonDocument.Parse(shown.Output);
        Assert.Equal(["Ok", "Unknown"], parsed.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("state").GetString()));
    }
}
