using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using Xunit;

namespace OsDeploy.Tests.Cli;

/// <summary>Versions of the appliance's own system.</summary>
public sealed class SystemVerbsTests
{
    private static readonly SystemState s_state = new(
        SystemPlace.Disk, "v1.2", IsDevelopment: true, [new SystemSlot("a", 2, true, true, false, "v1.2"), new SystemSlot("b", 1, false, false, true, "v1.1")], "a", new SystemWork(SystemStep.Finish, 100, IsDone: true));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_runs_is_shown_with_its_place_and_that_it_is_a_development_build()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(SystemApi.Show, s_state);

        var shown = await server.RunAsync("system show");
        var json = await server.RunAsync("system show --json");

        Assert.Matches(@"version +v1\.2 \(development build\)\nruns from +disk, system A\nsystem A +v1\.2 \(development build\), runs, is started\nsystem B +v1\.1, is tried at the next start\n", shown.Output);
        using var parsed = JsonDocument.Parse(json.Output);
        Assert.Equal("a", parsed.RootElement.GetProperty("running").GetString());
    }

    [Fact]
    public async Task An_update_is_sent_written_and_started_when_that_is_asked_for()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(SystemApi.Show, s_state).On(SystemApi.Upload, """{"size":3}""").On(SystemApi.Update, default(Nothing)).On(ApplianceApi.Power, default(Nothing));
        var file = server.Folder["osdeploy.iso"];
        await File.WriteAllTextAsync(file, "iso", Cancel);

        await server.RunAsync($"system update {file}");
        Assert.False(server.Heard(ApplianceApi.Power));
        Assert.Equal(SystemSource.Upload, server.BodyOf(SystemApi.Update).Source);

        await server.RunAsync("system update --medium --restart");
        Assert.Equal(PowerAction.Restart, server.BodyOf(ApplianceApi.Power).Action);
    }

    [Fact]
    public async Task Nothing_is_sent_to_an_appliance_that_runs_from_its_stick()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(SystemApi.Show, new SystemState(SystemPlace.Medium, "v1.2", IsDevelopment: false, []));

        Assert.Contains("[system-not-installed]", (await server.RunAsync("system update /etc/hostname", 1)).Talk, StringComparison.Ordinal);
        Assert.False(server.Heard(SystemApi.Update));
    }

    [Fact]
    public async Task Work_that_failed_is_said_in_the_appliances_words()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(SystemApi.Show, s_state with { Work = new SystemWork(SystemStep.Copy, 40, IsDone: true, "system-image-tampered", "It was changed.", "Copy it again.") }).On(SystemApi.Update, default(Nothing));

        Assert.Contains("It was changed.", (await server.RunAsync("system update --medium", 1)).Talk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system update")]
    [InlineData("system update x.iso --medium")]
    public async Task A_file_or_a_medium_has_to_be_named(string line)
    {
        await using var server = await CannedServer.StartAsync();

        await server.RunAsync(line, 2);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Going_back_says_to_which_version()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(SystemApi.FallBack, s_state);

        Assert.Equal("v1.1 is started with the next restart: `osdeploy appliance restart`.\n", (await server.RunAsync("system fallback")).Output);
    }
}
