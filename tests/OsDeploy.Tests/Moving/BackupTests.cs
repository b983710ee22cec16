using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Api.Moving;
using OsDeploy.Server.Moving;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Moving;

/// <summary>A backup of one appliance, restored on another.</summary>
public sealed class BackupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_its_password_another_computer_becomes_the_appliance()
    {
        await using var old = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(old);
        var backup = await MovedSchool.BackUpAsync(old, MovedSchool.KeyPassword);
        await using var fresh = await TestDaemon.StartAsync();
        await fresh.AddHostAsync(7, "of-before");

        var outlook = await MovedSchool.RestoreAsync(fresh, backup, MovedSchool.KeyPassword);

        Assert.Equal((BackupSecrets.Opened, 2, 1), (outlook.Secrets, outlook.Staged.Backup.Counts.Hosts, outlook.Staged.Here.Hosts));
        Assert.Equal(old.Key, fresh.Key);
        Assert.Equal(["pc01", "pc02"], (await fresh.Admin.CallAsync(HostApi.List, Cancel)).Select(host => host.Host.Name.ToString()).Order());
        Assert.Equal(["anna", "vera"], (await fresh.Admin.CallAsync(AccountApi.List, Cancel)).Select(account => account.Name).Order());
        Assert.Contains("of the school", (await fresh.Admin.CallAsync(PersonalApi.ShowTemplate, Cancel, "Win11No.xml")).Text, StringComparison.Ordinal);
        var addition = Assert.Single(await fresh.Admin.CallAsync(PersonalApi.ListAdditions, Cancel)).Addition;
        using var file = new MemoryStream();
        await fresh.Admin.DownloadAsync(PersonalApi.ReadAddition, file, Cancel, addition.Id);
        Assert.Equal("hello"u8.ToArray(), file.ToArray());
        Assert.Equal(MovedSchool.HookText, await File.ReadAllTextAsync(Path.Combine(fresh.Folder, "hooks", "before-batch"), Cancel));
        Assert.Null((await fresh.Admin.AskAsync(AccountApi.Audit, "check=true", Cancel)).BrokenAt);
        Assert.False(Directory.Exists(Path.Combine(fresh.Folder, PendingRestore.Before)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_version_that_was_current_is_current_again_though_its_chunks_are_still_to_come(int which)
    {
        SampleImage[] versions = [MovedSchool.Image, SampleImage.Of([1, 2, 4], day: 5), SampleImage.Of([1, 2, 5], day: 6)];
        await using var old = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(old);
        await old.StoreAsync(versions[1]);
        await old.StoreAsync(versions[2]);
        await using (var store = MovedSchool.StoreOf(old))
        {
            await store.SetCurrentAsync(versions[which].Version, Cancel);
        }

        await using var fresh = await TestDaemon.StartAsync();
        await MovedSchool.RestoreAsync(fresh, await MovedSchool.BackUpAsync(old, MovedSchool.KeyPassword), MovedSchool.KeyPassword);

        Assert.Equal(versions[which].Version, Assert.Single(await MovedSchool.VersionsAsync(fresh), entry => entry.IsCurrent).Version);
    }

    [Fact]
    public async Task Secrets_that_came_with_their_key_reach_a_host()
    {
        await using var old = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(old);
        var backup = await MovedSchool.BackUpAsync(old, MovedSchool.KeyPassword);
        await using var fresh = await TestDaemon.StartAsync();
        await MovedSchool.RestoreAsync(fresh, backup, MovedSchool.KeyPassword);
        await fresh.StoreAsync(MovedSchool.Image); // the store is imported

        var (agent, order) = await JoiningSchool.RestoreAsync(fresh);
        var secrets = await JoiningSchool.AskAsync(fresh, agent, order);

        Assert.Equal(JoiningSchool.AdminPassword, secrets.AdminPassword);
        Assert.Contains(secrets.ProductIds, id => id.ProductId == MovedSchool.ProductKey);
        Assert.Equal(JoiningSchool.AccountData, secrets.AccountData);
    }

    [Fact]
    public async Task Without_a_password_no_secret_is_left_and_everything_else_is_there()
    {
        await using var old = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(old);
        var backup = await MovedSchool.BackUpAsync(old);
        await using var fresh = await TestDaemon.StartAsync();
        var key = fresh.Key;

        var outlook = await MovedSchool.RestoreAsync(fresh, backup);

        Assert.Equal((BackupSecrets.Lost, false), (outlook.Secrets, outlook.Staged.Backup.HasKeys));
        Assert.Equal(key, fresh.Key);
        var configuration = Assert.Single(await fresh.Admin.CallAsync(ConfigurationApi.List, Cancel)).Configuration;
        Assert.Null(configuration.AdminPassword);
        Assert.All(configuration.Partitions, plan => Assert.Null(plan.ProductId));
        Assert.Empty(await fresh.Admin.CallAsync(JoinApi.ListAccounts, Cancel));
        Assert.Null((await fresh.Admin.CallAsync(HostApi.Show, Cancel, "pc01")).OfflineJoin);
        await fresh.Admin.CallAsync(ConfigurationApi.Change, new ConfigurationChange(AdminPassword: "Neue-Segel-1"), Cancel, "lab"); // a key is there for new ones
        await fresh.RestartAsync();
    }

    [Fact]
    public async Task On_the_appliance_that_made_it_its_secrets_still_work_without_a_password()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(daemon);
        var backup = await MovedSchool.BackUpAsync(daemon);
        await daemon.Admin.CallAsync(HostApi.Delete, Cancel, "pc02");

        var outlook = await MovedSchool.RestoreAsync(daemon, backup);

        Assert.Equal(BackupSecrets.SameKey, outlook.Secrets);
        Assert.Empty(outlook.Incomplete);
        Assert.Equal(2, (await daemon.Admin.CallAsync(HostApi.List, Cancel)).Count);
        var (agent, order) = await JoiningSchool.RestoreAsync(daemon);
        Assert.Equal(JoiningSchool.AdminPassword, (await JoiningSchool.AskAsync(daemon, agent, order)).AdminPassword);
    }

    [Fact]
    public async Task An_image_without_its_chunks_is_listed_as_incomplete_until_the_store_is_imported()
    {
        await using var old = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(old);
        var backup = await MovedSchool.BackUpAsync(old);
        await using var fresh = await TestDaemon.StartAsync();

        var outlook = await MovedSchool.RestoreAsync(fresh, backup);

        Assert.Equal((MovedSchool.Image.Version, 3), outlook.Incomplete.Select(one => (one.Version, one.Missing)).Single());
        Assert.Equal(3, Assert.Single(await MovedSchool.VersionsAsync(fresh)).DamagedChunks);
        var preview = await fresh.Admin.CallAsync(
            JobApi.Start, new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Restore, new HostSelection(["pc01"]), new JobOptions(), Preview: true, Confirm: 1), Cancel);
        Assert.Equal("image-damaged", Assert.Single(preview.Hosts).Obstacle?.Code);
        await using var store = MovedSchool.StoreOf(fresh);
        var check = await store.CheckAsync(only: null, new Meter(), Cancel);
        Assert.Contains("import the store", Assert.Single(check.Faults), StringComparison.Ordinal);
        await fresh.StoreAsync(MovedSchool.Image);
        Assert.Equal(0, Assert.Single(await MovedSchool.VersionsAsync(fresh)).DamagedChunks);
    }

    [Fact]
    public async Task No_job_of_the_backup_goes_on_and_nobody_stays_logged_in()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(daemon);
        var job = await daemon.StartJobAsync(JobKind.Restore, "pc01");
        var before = daemon.Token;
        var backup = await MovedSchool.BackUpAsync(daemon);

        await MovedSchool.RestoreAsync(daemon, backup);

        var ended = await daemon.JobAsync(job);
        Assert.Equal((JobState.Ended, "documents-restored"), (ended.State, ended.Fault?.Code));
        Assert.Equal(401, (await daemon.SendAsync(HostApi.List, before)).Status);
        await daemon.StartJobAsync(JobKind.Hold, "pc01"); // its host is free again
    }

    [Fact]
    public async Task A_wrong_password_and_a_password_for_nothing_change_nothing()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(daemon);
        var locked = await MovedSchool.SendAsync(daemon, await MovedSchool.BackUpAsync(daemon, MovedSchool.KeyPassword));
        var state = await MovedSchool.StateAsync(daemon);

        Assert.Equal("backup-password-wrong", await MovedSchool.AskCodeAsync(() => daemon.Admin.CallAsync(MovingApi.Restore, new RestoreOrder("Zwölf-Segel", Apply: true), Cancel, locked.Id)));
        var open = await MovedSchool.SendAsync(daemon, await MovedSchool.BackUpAsync(daemon));
        Assert.Equal("backup-missing", await MovedSchool.AskCodeAsync(() => daemon.Admin.CallAsync(MovingApi.Restore, new RestoreOrder(), Cancel, locked.Id)));
        Assert.Equal("backup-without-keys", await MovedSchool.AskCodeAsync(() => daemon.Admin.CallAsync(MovingApi.Restore, new RestoreOrder(MovedSchool.KeyPassword, Apply: true), Cancel, open.Id)));
        Assert.Equal("backup-password-invalid", await MovedSchool.AskCodeAsync(() => MovedSchool.BackUpAsync(daemon, "short")));
        Assert.Equal(state, await MovedSchool.StateAsync(daemon));
    }

    [Fact]
    public async Task While_a_host_works_nothing_is_replaced()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(daemon);
        var staged = await MovedSchool.SendAsync(daemon, await MovedSchool.BackUpAsync(daemon));
        await JoiningSchool.RestoreAsync(daemon);

        Assert.Equal("backup-jobs-running", await MovedSchool.AskCodeAsync(() => daemon.Admin.CallAsync(MovingApi.Restore, new RestoreOrder(Apply: true), Cancel, staged.Id)));
    }

    [Fact]
    public async Task A_damaged_version_is_left_out_and_said()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(daemon);
        var index = Directory.GetFiles(Path.Combine(daemon.Folder, "store", "objects")).Single();
        await File.WriteAllTextAsync(index, "damaged", Cancel);

        var staged = await MovedSchool.SendAsync(daemon, await MovedSchool.BackUpAsync(daemon));

        Assert.Single(staged.Backup.LeftOut);
    }

    [Fact]
    public async Task Every_file_of_a_daemon_is_decided_about()
    {
        await using var daemon = await TestDaemon.StartAsync(isBooting: true);
        await MovedSchool.PrepareAsync(daemon);
        await MovedSchool.SendAsync(daemon, await MovedSchool.BackUpAsync(daemon));

        var unknown = Directory.GetFileSystemEntries(daemon.Folder).Select(path => Path.GetFileName(path)!)
            .Where(name => !BackupPaths.Table.Any(part => part.Name == name || (part.Name.EndsWith('*') && name.StartsWith(part.Name[..^1], StringComparison.Ordinal))));

        Assert.Empty(unknown);
    }
}
