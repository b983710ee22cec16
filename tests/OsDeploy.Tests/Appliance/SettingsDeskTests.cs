using Microsoft.Extensions.Logging.Abstractions;
using OsDeploy.Api.Helper;
using OsDeploy.Server.Appliance;
using OsDeploy.SetUp;
using OsDeploy.Tests.Boot;
using OsDeploy.Tests.Daemons;
using Xunit;

namespace OsDeploy.Tests.Appliance;

/// <summary>Changes of what an appliance was told at its first start, with a helper that only notes what it is told.</summary>
public sealed class SettingsDeskTests : IAsyncDisposable
{
    private static readonly ApplianceSettings s_first = new("de", "schule", "Europe/Berlin", new NetworkSettings("eth0", "10.0.0.5/24"));
    private static readonly NetworkSettings s_other = new("eth1", "10.1.0.5/16", "10.1.0.1", ["10.1.0.2"]);

    private readonly TemporaryFolder _folder = new();
    private readonly DaemonClock _clock = new();
    private readonly List<string> _audit = [];
    private readonly List<string> _moved = [];
    private readonly StubHelper _helper;
    private readonly SettingsDesk _desk;

    public SettingsDeskTests()
    {
        Directory.CreateDirectory(Data);
        _helper = new StubHelper(_folder["helper.sock"]);
        _desk = new SettingsDesk(
            Data, Marker, new HelperClient(_folder["helper.sock"], TimeProvider.System), (actor, action, _, detail) => _audit.Add($"{actor} {action} {detail}"), (from, to, by) => _moved.Add($"{from} {to} {by}"), _clock, NullLogger<SettingsDesk>.Instance);
        s_first.Write(Data);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => _folder["data"];

    private string Marker => _folder["trial"];

    public async ValueTask DisposeAsync()
    {
        _desk.Dispose();
        await _helper.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_not_the_network_holds_at_once()
    {
        var view = await _desk.ChangeAsync("anna", s_first with { HostName = "goethe", TimeZone = "Europe/Paris", Language = "fr" }, Cancel);

        Assert.Null(view.Trial);
        Assert.Equal(s_first with { HostName = "goethe", TimeZone = "Europe/Paris", Language = "fr" }, ApplianceSettings.Read(Data));
        Assert.Equal([new ApplianceApplyRequest()], _helper.Requests);
        Assert.Equal(["anna appliance-settings goethe, Europe/Paris, fr"], _audit);
    }

    [Fact]
    public async Task What_the_helper_refuses_is_not_kept()
    {
        _helper.Answer = _ => HelperAnswer.Refused(new UserErrorException("time-zone", "There is no such zone.", "Choose another."));

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => _desk.ChangeAsync("anna", s_first with { TimeZone = "Mars/Base" }, Cancel));

        Assert.Equal("time-zone", refusal.Code);
        Assert.Equal(s_first, ApplianceSettings.Read(Data));
    }

    [Fact]
    public async Task Another_network_is_kept_when_somebody_says_so()
    {
        var trial = (await _desk.ChangeAsync("anna", s_first with { Network = s_other }, Cancel)).Trial;

        Assert.True(s_other.IsSameAs(trial!.Network));
        Assert.Equal(_clock.GetUtcNow() + SettingsDesk.TrialTime, trial.Until);
        Assert.Equal(s_first, ApplianceSettings.Read(Data));
        Assert.True(s_other.IsSameAs(Assert.IsType<NetworkApplyRequest>(Assert.Single(_helper.Requests)).Network));
        Assert.Equal("network-trial-open", (await Assert.ThrowsAsync<UserErrorException>(() => _desk.ChangeAsync("bert", s_first, Cancel))).Code);

        var kept = await _desk.KeepAsync("anna", Cancel);

        Assert.Null(kept.Trial);
        Assert.True(s_other.IsSameAs(ApplianceSettings.Read(Data)!.Network));
        Assert.Equal(["eth0 eth1 anna"], _moved);
        Assert.Equal("network-trial-over", (await Assert.ThrowsAsync<UserErrorException>(() => _desk.GoBackAsync("anna", Cancel))).Code);
        Assert.Equal(["anna network-try eth1 10.1.0.5/16 10.1.0.1 10.1.0.2", "anna network-keep eth1 10.1.0.5/16 10.1.0.1 10.1.0.2"], _audit);
    }

    [Fact]
    public async Task Nobody_who_keeps_it_brings_the_network_before_back()
    {
        await _desk.ChangeAsync("anna", s_first with { Network = s_other }, Cancel);

        _clock.Pass(SettingsDesk.TrialTime);

        // It waits until what the clock has begun is done.
        Assert.Equal("network-trial-over", (await Assert.ThrowsAsync<UserErrorException>(() => _desk.KeepAsync("anna", Cancel))).Code);
        Assert.Equal(new ApplianceApplyRequest(), _helper.Requests[^1]);
        Assert.Equal(s_first, ApplianceSettings.Read(Data));
        Assert.Empty(_moved);
    }

    [Fact]
    public async Task A_helper_that_does_not_answer_then_is_asked_again()
    {
        await _desk.ChangeAsync("anna", s_first with { Network = s_other }, Cancel);
        _helper.Answer = _ => HelperAnswer.Refused(new UserErrorException("busy", "Later.", "Wait."));
        _clock.Pass(SettingsDesk.TrialTime);
        Assert.Equal("network-trial-open", (await Assert.ThrowsAsync<UserErrorException>(() => _desk.ChangeAsync("bert", s_first, Cancel))).Code);
        _helper.Answer = _ => null;

        _clock.Pass(TimeSpan.FromSeconds(10));

        Assert.Equal("network-trial-over", (await Assert.ThrowsAsync<UserErrorException>(() => _desk.KeepAsync("anna", Cancel))).Code);
        Assert.False(File.Exists(Marker));
    }

    [Fact]
    public async Task A_network_that_cannot_be_set_is_taken_back_at_once()
    {
        _helper.Answer = request => request is NetworkApplyRequest ? HelperAnswer.Refused(new UserErrorException("tool-failed", "It failed.", "Look.")) : null;

        await Assert.ThrowsAsync<UserErrorException>(() => _desk.ChangeAsync("anna", s_first with { Network = s_other }, Cancel));

        Assert.Equal(new ApplianceApplyRequest(), _helper.Requests[^1]);
        Assert.Null(_desk.View.Trial);
        Assert.False(File.Exists(Marker));
    }

    [Fact]
    public async Task A_daemon_that_ended_in_a_trial_takes_it_back_at_its_next_start()
    {
        await _desk.TakeBackLeftAsync(Cancel);
        Assert.Empty(_helper.Requests);
        await File.WriteAllTextAsync(Marker, "", Cancel);

        await _desk.TakeBackLeftAsync(Cancel);

        Assert.Equal([new ApplianceApplyRequest()], _helper.Requests);
        Assert.False(File.Exists(Marker));
    }

    [Fact]
    public async Task Going_back_does_not_wait()
    {
        await _desk.ChangeAsync("anna", s_first with { Network = s_other }, Cancel);

        Assert.Null((await _desk.GoBackAsync("anna", Cancel)).Trial);

        Assert.Equal(new ApplianceApplyRequest(), _helper.Requests[^1]);
        Assert.Equal(s_first, ApplianceSettings.Read(Data));
    }

    [Fact]
    public async Task An_appliance_on_somebodys_linux_has_none()
    {
        File.Delete(Path.Combine(Data, "appliance.json"));

        Assert.Equal("appliance-settings-none", Assert.Throws<UserErrorException>(() => _desk.View).Code);
        Assert.Equal("appliance-settings-none", (await Assert.ThrowsAsync<UserErrorException>(() => _desk.GrowAsync("anna", Cancel))).Code);
        Assert.Empty(_helper.Requests);
    }
}
