using System.Text;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using Xunit;

namespace OsDeploy.Tests.Cli;

/// <summary>Where hosts belong, and what they join with.</summary>
public sealed class JoinVerbsTests
{
    private static readonly Samples s_samples = new("win11");

    private static readonly JoinAccount s_account = new("school.local", "joiner", Secret.Mask, "anna", Samples.Day);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Configurations_and_hosts_are_told_where_they_belong()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(ConfigurationApi.Add, s_samples.Configuration).On(ConfigurationApi.Show, s_samples.Configuration).On(ConfigurationApi.Change, s_samples.Configuration);
        server.On(HostApi.Show, s_samples.Host).On(HostApi.Change, s_samples.Host);

        await server.RunAsync("config add win11 --domain school.local --ou OU=rooms,DC=school,DC=local");
        Assert.Equal(new JoinSettings("school.local", "OU=rooms,DC=school,DC=local"), server.BodyOf(ConfigurationApi.Add).Join);
        await server.RunAsync("config set win11 --workgroup LAB");
        Assert.Equal(new ConfigurationChange(Rev: 9, Join: new JoinSettings(Workgroup: "LAB")), server.BodyOf(ConfigurationApi.Change));
        await server.RunAsync("host set r101-pc01 --domain -");
        Assert.Equal(new HostChange(Rev: 7, Join: new JoinSettings("-")), server.BodyOf(HostApi.Change));
    }

    [Fact]
    public async Task What_a_host_has_is_shown_and_its_secrets_are_not()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HostApi.Show, s_samples.Host with
        {
            Host = s_samples.Host.Host with { Join = new JoinSettings("school.local", "-") },
            OfflineJoin = new OfflineJoin(Secret.Mask, "anna", Samples.Day, "0000042", Samples.Day),
            Joined = new JoinedAs("r101-pc01", "school.local", "joiner", Samples.Day),
        });
        server.On(ConfigurationApi.Show, s_samples.Configuration with { Configuration = s_samples.Configuration.Configuration with { Join = new JoinSettings(Workgroup: "LAB"), AdminPassword = Secret.Mask } });

        var host = await server.RunAsync("host show r101-pc01");
        Assert.Matches(@"belongs to +domain school\.local, no unit\n", host.Output);
        Assert.Matches(@"file of djoin +\(set\), used by job 42 at ", host.Output);
        Assert.Matches(@"joined +school\.local as r101-pc01 by joiner at ", host.Output);
        var configuration = await server.RunAsync("config show win11");
        Assert.Matches(@"belongs to +workgroup LAB\nadministrator +password \(set\)\n", configuration.Output);
    }

    [Fact]
    public async Task A_join_account_is_set_with_a_password_from_a_person_or_a_file()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JoinApi.SetAccount, s_account);
        var file = server.Folder["password"];
        await File.WriteAllTextAsync(file, "from-a-file\n", Cancel);

        var set = await server.RunAsync("join-account set school.local --user joiner", 0, "typed\ntyped\n");
        Assert.Equal("typed", server.BodyOf(JoinApi.SetAccount).Password);
        Assert.Matches(@"school\.local +joiner +\(set\) +2026-11-20 .* anna\n", set.Output);
        await server.RunAsync($"join-account set school.local --user joiner --password-file {file}");
        Assert.Equal("from-a-file", server.BodyOf(JoinApi.SetAccount).Password);
        await server.RunAsync("join-account set school.local --user other --keep-password");
        Assert.Equal(("other", null), server.BodyOf(JoinApi.SetAccount) is var kept ? (kept.User, kept.Password) : default);
        await server.RunAsync("join-account set school.local --user joiner --password typed", 2);
    }

    [Fact]
    public async Task Join_accounts_are_listed_and_deleted_by_their_domain()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JoinApi.ListAccounts, [s_account]).On(JoinApi.DeleteAccount, default(Nothing));

        Assert.StartsWith("DOMAIN        USER    PASSWORD", (await server.RunAsync("join-account list")).Output, StringComparison.Ordinal);
        await server.RunAsync("join-account delete school.local", 1, "no\n");
        Assert.False(server.Heard(JoinApi.DeleteAccount));
        await server.RunAsync("join-account delete school.local", 0, "school.local\n");
        Assert.True(server.Heard(JoinApi.DeleteAccount));
    }

    [Fact]
    public async Task A_host_is_given_a_file_of_djoin_and_loses_it_again()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JoinApi.SetOfflineJoin, new OfflineJoin(Secret.Mask, "anna", Samples.Day, null, null)).On(JoinApi.DeleteOfflineJoin, default(Nothing));
        var file = server.Folder["pc01.txt"];
        await File.WriteAllBytesAsync(file, Encoding.Unicode.GetBytes("ARAIAA=="), Cancel);

        var set = await server.RunAsync($"host offline-join r101-pc01 {file}");
        Assert.Equal(Encoding.Unicode.GetBytes("ARAIAA=="), server.BodyOf(JoinApi.SetOfflineJoin).File);
        Assert.DoesNotContain("ARAIAA", set.Output, StringComparison.Ordinal);
        await server.RunAsync("host offline-join r101-pc01", 2);
        await server.RunAsync("host offline-join r101-pc01 --delete");
        Assert.True(server.Heard(JoinApi.DeleteOfflineJoin));
    }

    [Fact]
    public async Task The_password_of_the_administrator_is_set_and_taken_away()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(ConfigurationApi.Change, s_samples.Configuration);

        var set = await server.RunAsync("config admin-password win11", 0, "typed\ntyped\n");
        Assert.Equal(new ConfigurationChange(AdminPassword: "typed"), server.BodyOf(ConfigurationApi.Change));
        Assert.DoesNotContain("typed", set.Output, StringComparison.Ordinal);
        await server.RunAsync("config admin-password win11 --delete");
        Assert.Equal("", server.BodyOf(ConfigurationApi.Change).AdminPassword);
    }

    [Fact]
    public async Task A_restore_can_leave_joining_out()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(JobApi.Start, new BatchAnswer("0000012", [s_samples.Able]));

        await server.RunAsync("job start restore r101-pc01 --no-join --yes");

        Assert.True(server.BodyOf(JobApi.Start).Options.NoJoin);
    }
}
