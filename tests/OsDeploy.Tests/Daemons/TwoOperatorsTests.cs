using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>Two administrators at once.</summary>
public sealed class TwoOperatorsTests
{
    private const int Races = 12;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edit_of_what_was_changed_meanwhile_is_refused_with_who_and_when()
    {
        await using var daemon = await TestDaemon.StartAsync(new DaemonClock());
        var ben = daemon.As(await daemon.AddOperatorAsync("ben", Role.Admin));
        await daemon.AddRoomAsync("r101");
        var host = await daemon.AddHostAsync(1, "pc01");
        var room = (await daemon.Admin.CallAsync(HostApi.ListRooms, Cancel)).Single();
        var configuration = await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("win11"), Cancel);

        await ben.CallAsync(HostApi.Change, new HostChange(Notes: "ben's", Rev: host.Rev), Cancel, "pc01");
        await ben.CallAsync(HostApi.ChangeRoom, new RoomChange(Notes: "ben's", Rev: room.Rev), Cancel, "r101");
        await ben.CallAsync(ConfigurationApi.Change, new ConfigurationChange(Description: "ben's", Rev: configuration.Rev), Cancel, "win11");

        await StaleAsync(() => daemon.Admin.CallAsync(HostApi.Change, new HostChange(Notes: "anna's", Rev: host.Rev), Cancel, "pc01"));
        await StaleAsync(() => daemon.Admin.CallAsync(HostApi.ChangeRoom, new RoomChange(Notes: "anna's", Rev: room.Rev), Cancel, "r101"));
        await StaleAsync(() => daemon.Admin.CallAsync(ConfigurationApi.Change, new ConfigurationChange(Description: "anna's", Rev: configuration.Rev), Cancel, "win11"));

        var kept = await daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01");
        Assert.Equal("ben's", kept.Host.Notes);
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Notes: "anna's", Rev: kept.Rev), Cancel, "pc01");
        Assert.Equal(409, (await daemon.SendAsync(HostApi.Change, daemon.Token, System.Text.Encoding.ASCII.GetBytes($"{{\"notes\":\"x\",\"rev\":{kept.Rev}}}"), "pc01")).Status);
    }

    [Fact]
    public async Task Of_two_batches_for_one_host_one_wins_and_the_other_is_told_which_job_the_host_has()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var ben = daemon.As(await daemon.AddOperatorAsync("ben", Role.Admin));
        await daemon.AddHostAsync(1, "pc01");
        await daemon.AddHostAsync(2, "pc02");
        for (var race = 0; race < Races; race++)
        {
            var answers = await Task.WhenAll(
                TestDaemon.StartJobsAsync(daemon.Admin, JobKind.Hold, "pc01"), TestDaemon.StartJobsAsync(ben, JobKind.Reboot, "pc01", "pc02"));
            var obstacles = answers.Select(answer => answer.Hosts.Single(host => host.Name == "pc01").Obstacle).ToList();
            Assert.Single(obstacles, obstacle => obstacle is null);
            Assert.Single(obstacles, obstacle => obstacle?.Code == "host-has-job");
            Assert.Null(answers[1].Hosts.Single(host => host.Name == "pc02").Obstacle);

            var active = await daemon.Admin.AskAsync(JobApi.List, "active=true", Cancel);
            Assert.Equal(["pc01", "pc02"], active.Select(view => view.Job.HostName).Order());
            Assert.Equal(answers.Single(answer => answer.Hosts.Single(host => host.Name == "pc01").Obstacle is null).Batch, active.Single(view => view.Job.HostName == "pc01").Job.Batch);
            foreach (var job in active)
            {
                await daemon.Admin.CallAsync(JobApi.Cancel, Cancel, job.Job.Id);
            }
        }
    }

    [Fact]
    public async Task The_same_request_twice_starts_once_also_at_the_same_moment_and_after_a_restart()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        var request = new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Hold, new HostSelection(["pc01"]), new JobOptions());
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => daemon.Admin.CallAsync(JobApi.Start, request, Cancel)));
        await daemon.RestartAsync();
        var after = await daemon.Admin.CallAsync(JobApi.Start, request, Cancel);
        Assert.Single(answers.Append(after).Select(answer => answer.Batch).Distinct());
        Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel));
        Assert.Single(await daemon.Admin.CallAsync(JobApi.ListBatches, Cancel));
    }

    [Fact]
    public async Task Deleting_and_starting_leave_no_job_without_its_host()
    {
        await using var daemon = await TestDaemon.StartAsync();
        for (var race = 0; race < Races; race++)
        {
            await daemon.AddHostAsync(race + 1, "pc01");
            var outcomes = await Task.WhenAll(TriedAsync(daemon.StartJobsAsync(JobKind.Hold, "pc01")), TriedAsync(daemon.Admin.CallAsync(HostApi.Delete, Cancel, "pc01")));
            Assert.Contains(outcomes, code => code is null);
            var hosts = (await daemon.Admin.CallAsync(HostApi.List, Cancel)).Select(host => host.Host.Id).ToHashSet();
            foreach (var job in await daemon.Admin.AskAsync(JobApi.List, "active=true", Cancel))
            {
                Assert.Contains(job.Job.Host, hosts);
                await daemon.Admin.CallAsync(JobApi.Cancel, Cancel, job.Job.Id);
                await daemon.Admin.CallAsync(HostApi.Delete, Cancel, "pc01");
            }
        }
    }

    private static async Task StaleAsync(Func<Task> edit)
    {
        var refused = await Assert.ThrowsAsync<UserErrorException>(edit);
        Assert.Equal("changed-meanwhile", refused.Code);
        Assert.Contains("by ben at 2026-11-20 08:00:00 UTC", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<string?> TriedAsync(Task work)
    {
        try
        {
            await work;
            return null;
        }
        catch (UserErrorException e)
        {
            return e.Code;
        }
    }
}
