using OsDeploy.Api.Boot;
using OsDeploy.Api.Helper;
using OsDeploy.Screens.FirstStart;
using OsDeploy.SetUp;
using Xunit;

namespace OsDeploy.Tests.Screens.FirstStart;

public sealed class FirstStartWorkTests
{
    private static readonly ApplianceSettings s_settings = new("de", "schulserver", "Europe/Berlin", new NetworkSettings("enp1s0", "10.0.0.5/24"));
    private static readonly FirstSettings s_first = new("Schule am Ring", BootMode.Proxy, "enp1s0");
    private static readonly UserErrorException s_fault = new("tool-failed", "It failed.", "Look.");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_appliance_is_set_up_step_by_step_and_the_file_of_settings_comes_last()
    {
        await using var appliance = new NewAppliance();
        Assert.False(await appliance.Work.ResumeAsync(Cancel));

        await appliance.Work.RunAsync(Answers(appliance.Disks[0]), Cancel);

        Assert.Equal(
            [typeof(DataDiskMountRequest), typeof(DataDiskPrepareRequest), typeof(DataDiskMountRequest), typeof(HostNameRequest), typeof(TimeZoneRequest), typeof(NetworkApplyRequest), typeof(DaemonStartRequest)],
            appliance.Stub.Requests.Select(request => request.GetType()));
        Assert.Equal(new DataDiskPrepareRequest("/dev/sda", "WD-WCC6Y0AAAAAA", 1_000_204_886_016), appliance.Stub.Requests[1]);
        Assert.Equal("anna", Assert.Single(appliance.Operators).Operator);
        Assert.Equal(s_settings, ApplianceSettings.Read(appliance.Volume));
    }

    [Fact]
    public async Task An_appliance_that_was_set_up_before_just_goes_on()
    {
        await using var appliance = new NewAppliance { HasVolume = true };
        s_settings.Write(appliance.Volume);

        Assert.True(await appliance.Work.ResumeAsync(Cancel));
        Assert.Equal([typeof(ApplianceApplyRequest), typeof(DaemonStartRequest)], appliance.Stub.Requests.Select(request => request.GetType()));
    }

    [Fact]
    public async Task A_volume_whose_set_up_was_cut_short_is_used_and_no_disk_is_asked_for()
    {
        await using var appliance = new NewAppliance { HasVolume = true };

        Assert.False(await appliance.Work.ResumeAsync(Cancel));
        Assert.True(appliance.Work.HasVolume);
        await appliance.Work.RunAsync(Answers(appliance.Disks[0]), Cancel);

        Assert.DoesNotContain(appliance.Stub.Requests, request => request is DataDiskPrepareRequest);
    }

    [Fact]
    public async Task A_volume_that_cannot_be_used_stops_everything()
    {
        await using var appliance = new NewAppliance();
        appliance.Failing[typeof(DataDiskMountRequest)] = new UserErrorException("data-disk-several", "Two.", "Take one out.");

        Assert.Equal("data-disk-several", (await Assert.ThrowsAsync<UserErrorException>(() => appliance.Work.ResumeAsync(Cancel))).Code);
    }

    [Theory]
    [InlineData(typeof(DataDiskPrepareRequest), "1/5", 2, 1)]
    [InlineData(typeof(NetworkApplyRequest), "2/5", 1, 1)]
    [InlineData(typeof(FirstStartAnswers), "3/5", 1, 1)]
    [InlineData(typeof(DaemonStartRequest), "5/5", 1, 1)]
    public async Task A_step_that_fails_is_named_and_what_was_done_is_not_done_again(Type failing, string step, int prepared, int operators)
    {
        await using var appliance = new NewAppliance();
        appliance.Failing[failing] = s_fault;

        var error = await Assert.ThrowsAsync<UserErrorException>(() => appliance.Work.RunAsync(Answers(appliance.Disks[0]), Cancel));
        appliance.Failing.Clear();
        await appliance.Work.RunAsync(Answers(appliance.Disks[0]), Cancel);

        Assert.Equal("tool-failed", error.Code);
        Assert.StartsWith(step, error.Message, StringComparison.Ordinal);
        Assert.Equal((prepared, operators), (appliance.Stub.Requests.Count(request => request is DataDiskPrepareRequest), appliance.Operators.Count));
        Assert.NotNull(ApplianceSettings.Read(appliance.Volume));
    }

    [Fact]
    public async Task Who_is_second_at_another_terminal_changes_nothing()
    {
        await using var appliance = new NewAppliance();
        var (first, second) = (appliance.NewWork(), appliance.NewWork());
        await first.RunAsync(Answers(appliance.Disks[0]), Cancel);

        await second.RunAsync(Answers(appliance.Disks[0]) with { Operator = "bertha" }, Cancel);

        Assert.Equal("anna", Assert.Single(appliance.Operators).Operator);
        Assert.Single(appliance.Stub.Requests, request => request is DataDiskPrepareRequest);
    }

    [Fact]
    public async Task Without_a_disk_nothing_is_prepared()
    {
        await using var appliance = new NewAppliance();

        await appliance.Work.RunAsync(Answers(null), Cancel);

        Assert.DoesNotContain(appliance.Stub.Requests, request => request is DataDiskPrepareRequest or DataDiskMountRequest);
        Assert.NotNull(ApplianceSettings.Read(appliance.Volume));
    }

    [Theory]
    [InlineData("10.0.0.5/24", "10.0.0.128", "10.0.0.254")]
    [InlineData("10.0.0.200/24", "10.0.0.1", "10.0.0.127")]
    [InlineData("192.168.0.1/16", "192.168.128.0", "192.168.255.254")]
    [InlineData("10.0.0.2/30", "10.0.0.1", "10.0.0.1")]
    public void The_range_that_is_proposed_is_one_that_is_taken(string own, string first, string last)
    {
        var range = StartingPage.RangeOf(own);

        Assert.Equal(own == "10.0.0.2/30" ? null : (first, last), range);
        Assert.True(range is null || StartingPage.IsRange(first, last, own));
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.4", true)]
    [InlineData("10.0.0.1", "10.0.0.5", false)]
    [InlineData("10.0.0.9", "10.0.0.6", false)]
    [InlineData("10.0.1.1", "10.0.1.2", false)]
    [InlineData("10.0.0.10", "", false)]
    public void A_range_lies_in_the_network_and_without_the_appliance(string first, string last, bool isOne) => Assert.Equal(isOne, StartingPage.IsRange(first, last, "10.0.0.5/24"));

    private static FirstStartAnswers Answers(DataDisk? disk) =>
        new(disk is null ? new DiskChoice(DiskUse.None) : new DiskChoice(DiskUse.Prepare, disk), "anna", NewAppliance.Password, s_settings, s_first);
}
