using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Moving;
using OsDeploy.Api.Personal;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Moving;

/// <summary>Another appliance's backup is added to one that has things of its own.</summary>
public sealed class MergeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Into_an_empty_appliance_everything_is_added_and_a_second_time_nothing()
    {
        await using var other = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(other);
        var backup = await MovedSchool.BackUpAsync(other, MovedSchool.KeyPassword);
        await using var daemon = await TestDaemon.StartAsync();

        var preview = await MovedSchool.MergeAsync(daemon, backup, MovedSchool.KeyPassword, apply: false);
        Assert.Empty(await daemon.Admin.CallAsync(HostApi.List, Cancel));
        var done = await MovedSchool.MergeAsync(daemon, backup, MovedSchool.KeyPassword);
        var again = await MovedSchool.MergeAsync(daemon, backup, MovedSchool.KeyPassword);

        Assert.Equal(preview.Lines, done.Lines);
        Assert.Equal(
            [("addition", "hello.txt"), ("configuration", "lab"), ("host", "pc01"), ("host", "pc02"), ("image", "lab"), ("join-account", "school.local"), ("room", "r101"), ("template", "Win11No.xml")],
            Of(done, MergeAction.Add).Order());
        Assert.Equal((0, 0), (again.CountOf(MergeAction.Add), again.CountOf(MergeAction.Conflict)));
        Assert.Equal(8, again.CountOf(MergeAction.Same));
        Assert.Equal([TestDaemon.Anna], (await daemon.Admin.CallAsync(AccountApi.List, Cancel)).Select(account => account.Name));
        Assert.Equal(3, Assert.Single(await MovedSchool.VersionsAsync(daemon)).DamagedChunks);
        await daemon.StoreAsync(MovedSchool.Image);
        var (agent, order) = await JoiningSchool.RestoreAsync(daemon);
        var secrets = await JoiningSchool.AskAsync(daemon, agent, order);
        Assert.Equal((JoiningSchool.AdminPassword, JoiningSchool.AccountData), (secrets.AdminPassword, secrets.AccountData));
        Assert.Equal("backup-merge", (await daemon.Admin.AskAsync(AccountApi.Audit, "count=50", Cancel)).Lines.First(line => line.Action.StartsWith("backup-merge", StringComparison.Ordinal)).Action);
    }

    [Fact]
    public async Task What_is_here_stays_as_it_is()
    {
        await using var other = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(other);
        var backup = await MovedSchool.BackUpAsync(other, MovedSchool.KeyPassword);
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(HostApi.AddRoom, new NewRoom("R101", Notes: "ours"), Cancel);
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab", "ours"), Cancel);
        await daemon.AddHostAsync(1, "ours-01");
        await daemon.AddHostAsync(9, "pc02");
        await daemon.Admin.CallAsync(JoinApi.SetAccount, new JoinAccountChange("ours", "Acht-Segel"), Cancel, JoiningSchool.Domain);
        await daemon.Admin.CallAsync(PersonalApi.SaveTemplate, new TemplateChange(MovedSchool.EditedTemplate.Replace("of the school", "ours", StringComparison.Ordinal)), Cancel, "Win11No.xml");
        await daemon.StoreAsync(SampleImage.Of([7, 8], "lab"));
        var state = await MovedSchool.StateAsync(daemon);

        var report = await MovedSchool.MergeAsync(daemon, backup, MovedSchool.KeyPassword);

        Assert.Equal(
            [("addition", "hello.txt"), ("configuration", "lab"), ("host", "pc01"), ("host", "pc02"), ("image", "lab"), ("join-account", "school.local"), ("room", "r101"), ("template", "Win11No.xml")],
            Of(report, MergeAction.Conflict).Order());
        Assert.Equal(0, report.CountOf(MergeAction.Add));
        Assert.Contains("ours-01", report.Lines.Single(line => line.Name == "pc01").Detail, StringComparison.Ordinal);
        Assert.Equal("ours", (await daemon.Admin.CallAsync(ConfigurationApi.Show, Cancel, "lab")).Configuration.Description);
        Assert.Equal("ours", Assert.Single(await daemon.Admin.CallAsync(JoinApi.ListAccounts, Cancel)).User);
        Assert.Equal(state, string.Join('\n', (await MovedSchool.StateAsync(daemon)).Split('\n').Where(line => !line.StartsWith("contents/", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_host_whose_room_is_another_one_here_joins_that_room()
    {
        await using var other = await TestDaemon.StartAsync();
        await other.Admin.CallAsync(HostApi.AddRoom, new NewRoom("r101", Notes: "theirs"), Cancel);
        await other.AddHostAsync(3, "pc03", "r101");
        var backup = await MovedSchool.BackUpAsync(other);
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(HostApi.AddRoom, new NewRoom("R101", Notes: "ours"), Cancel);

        var report = await MovedSchool.MergeAsync(daemon, backup);

        Assert.Equal([("host", "pc03")], Of(report, MergeAction.Add));
        Assert.Equal("R101", Assert.Single(await daemon.Admin.CallAsync(HostApi.List, Cancel)).Host.Room);
    }

    [Fact]
    public async Task Without_the_password_secrets_are_left_out_and_said()
    {
        await using var other = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(other);
        var backup = await MovedSchool.BackUpAsync(other, MovedSchool.KeyPassword);
        await using var daemon = await TestDaemon.StartAsync();

        var report = await MovedSchool.MergeAsync(daemon, backup);

        Assert.Equal("without its secrets", report.Lines.Single(line => line.Kind == "configuration").Detail);
        Assert.Equal(MergeAction.Left, report.Lines.Single(line => line.Kind == "join-account").Action);
        var configuration = Assert.Single(await daemon.Admin.CallAsync(ConfigurationApi.List, Cancel)).Configuration;
        Assert.Null(configuration.AdminPassword);
        Assert.All(configuration.Partitions, plan => Assert.Null(plan.ProductId));
    }

    [Fact]
    public async Task A_master_comes_along_and_newer_versions_of_the_same_image_too()
    {
        await using var other = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(other);
        await other.Admin.CallAsync(ConfigurationApi.SetMaster, new MasterChange("pc02"), Cancel, "lab");
        var first = await MovedSchool.BackUpAsync(other);
        await using var daemon = await TestDaemon.StartAsync();
        await MovedSchool.MergeAsync(daemon, first);
        await daemon.StoreAsync(MovedSchool.Image);
        var newer = SampleImage.Of([1, 2, 4], day: 5);
        await other.StoreAsync(newer);

        var report = await MovedSchool.MergeAsync(daemon, await MovedSchool.BackUpAsync(other));

        Assert.Equal("pc02", (await daemon.Admin.CallAsync(ConfigurationApi.Show, Cancel, "lab")).MasterName);
        Assert.Equal([("image", "lab")], Of(report, MergeAction.Add));
        var versions = await MovedSchool.VersionsAsync(daemon);
        Assert.Equal((newer.Version, 1, false), versions.Where(one => one.DamagedChunks > 0).Select(one => (one.Version, one.DamagedChunks, one.IsCurrent)).Single());
    }

    private static IEnumerable<(string Kind, string Name)> Of(MergeReport report, MergeAction action) => report.Lines.Where(line => line.Action == action).Select(line => (line.Kind, line.Name));
}
