using System.Net.Http.Headers;
using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Personalisation;
using OsDeploy.Tests.Hosts;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Daemons;

/// <summary>Secrets go to the host that needs them, in its restore, once.</summary>
public sealed class SecretReleaseTests
{
    private static readonly string s_nonce = new('a', 32);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_is_told_what_its_restore_needs()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await JoiningSchool.PrepareAsync(daemon);
        var (agent, order) = await JoiningSchool.RestoreAsync(daemon);

        var told = await JoiningSchool.AskAsync(daemon, agent, order, s_nonce);

        Assert.Equal(new PartitionProductId(1, 1, JoiningSchool.ProductKey), Assert.Single(told.ProductIds));
        Assert.Equal(
            (JoiningSchool.User, JoiningSchool.JoinPassword, null, JoiningSchool.AdminPassword), (told.JoinUser, told.JoinPassword, told.AccountData, told.AdminPassword));
        var audit = (await daemon.Admin.CallAsync(AccountApi.Audit, Cancel)).Lines;
        var line = Assert.Single(audit, one => one.Action == "secrets-release");
        Assert.Equal(("host:pc01", "job 1"), (line.Actor, line.Subject));
        Assert.StartsWith("product keys, join account joiner of school.local, password of the local administrator to ", line.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_comes_again_and_nobody_else_gets_one()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await JoiningSchool.PrepareAsync(daemon);
        await JoiningSchool.GiveDjoinAsync(daemon);
        var (agent, order) = await JoiningSchool.RestoreAsync(daemon);
        var told = await JoiningSchool.AskAsync(daemon, agent, order, s_nonce);
        Assert.Equal((null, null, JoiningSchool.AccountData), (told.JoinUser, told.JoinPassword, told.AccountData));

        Assert.Equal(JoiningSchool.AccountData, (await JoiningSchool.AskAsync(daemon, agent, order, s_nonce)).AccountData);
        await TestRegistry.RefusedAsync("secrets-released", () => JoiningSchool.AskAsync(daemon, agent, order));
        await daemon.RestartAsync();
        await TestRegistry.RefusedAsync("secrets-released", () => JoiningSchool.AskAsync(daemon, agent, order));
        Assert.Equal(JoiningSchool.AccountData, (await JoiningSchool.AskAsync(daemon, agent, order, s_nonce)).AccountData);

        var status = await daemon.Admin.CallAsync(ApplianceApi.Status, Cancel);
        Assert.Equal(order.Id, Assert.Single(status.Alarms, alarm => alarm.Code == "secrets-asked-twice").Job);
        var audit = (await daemon.Admin.CallAsync(AccountApi.Audit, Cancel)).Lines;
        Assert.Equal((1, 2), (audit.Count(line => line.Action == "secrets-release"), audit.Count(line => line.Action == "secrets-refused")));
    }

    [Fact]
    public async Task Only_the_agent_that_has_the_running_job_is_told()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await JoiningSchool.PrepareAsync(daemon);
        await daemon.AddHostAsync(2, "pc02", configuration: "lab");
        var (agent, order) = await JoiningSchool.RestoreAsync(daemon);
        var other = await daemon.MeetAsync(2);

        await TestRegistry.RefusedAsync("lease-lost", () => JoiningSchool.AskAsync(daemon, other, order));
        await TestRegistry.RefusedAsync("lease-lost", () => JoiningSchool.AskAsync(daemon, agent, order with { Fence = order.Fence + 1 }));
        await TestRegistry.RefusedAsync("lease-lost", () => JoiningSchool.AskAsync(daemon, agent, order with { Id = "0000099" }));
        await TestRegistry.RefusedAsync("request-malformed", () => JoiningSchool.AskAsync(daemon, agent, order, "short"));
        await TestRegistry.RefusedAsync("not-allowed", () => daemon.Admin.CallAsync(AgentApi.Secrets, new SecretsRequest(order.Fence, s_nonce), Cancel, order.Id));

        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(IsBlocked: true), Cancel, "pc01");
        await TestRegistry.RefusedAsync("lease-lost", () => JoiningSchool.AskAsync(daemon, agent, order));
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(IsBlocked: false), Cancel, "pc01");
        await agent.DoneAsync(order);
        await TestRegistry.RefusedAsync("lease-lost", () => JoiningSchool.AskAsync(daemon, agent, order));
    }

    [Fact]
    public async Task Work_that_makes_nothing_anew_is_told_nothing()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await JoiningSchool.PrepareAsync(daemon);
        var agent = await daemon.MeetAsync(1);
        await daemon.StartJobAsync(JobKind.Hold, "pc01");
        AssertNothing(await JoiningSchool.AskAsync(daemon, agent, await agent.TakeJobAsync()));
    }

    [Theory]
    [InlineData("no join", JoinMode.Domain, OperatingSystem.Win11, true, false)]
    [InlineData("other partition", JoinMode.Domain, OperatingSystem.Win11, false, false)]
    [InlineData("", JoinMode.No, OperatingSystem.Win11, true, false)]
    [InlineData("", JoinMode.Workgroup, OperatingSystem.Win11, true, false)]
    [InlineData("", JoinMode.Simple, OperatingSystem.WinVista, true, true)]
    [InlineData("", JoinMode.Domain, OperatingSystem.WinXP, true, true)]
    [InlineData("", JoinMode.Domain, OperatingSystem.Linux, false, false)]
    public async Task Nothing_is_told_that_the_restored_system_does_not_need(string how, JoinMode join, OperatingSystem os, bool hasWindows, bool joins)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await JoiningSchool.PrepareAsync(daemon, join, os);
        await JoiningSchool.GiveDjoinAsync(daemon);
        var (agent, order) = await JoiningSchool.RestoreAsync(daemon, how == "no join" ? new JobOptions(NoJoin: true) : how == "other partition" ? new JobOptions([2]) : null);

        var told = await JoiningSchool.AskAsync(daemon, agent, order);

        Assert.Equal((hasWindows ? 1 : 0, hasWindows ? JoiningSchool.AdminPassword : null), (told.ProductIds.Count, told.AdminPassword));
        Assert.Equal((joins ? JoiningSchool.JoinPassword : null, null), (told.JoinPassword, told.AccountData)); // before Windows 7 nothing is known of djoin
    }

    [Theory]
    [InlineData(JoinMode.Domain, OperatingSystem.Win7)]
    [InlineData(JoinMode.Simple, OperatingSystem.Win10)]
    public async Task A_file_of_djoin_goes_before_the_account(JoinMode join, OperatingSystem os)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await JoiningSchool.PrepareAsync(daemon, join, os);
        await JoiningSchool.GiveDjoinAsync(daemon);
        var (agent, order) = await JoiningSchool.RestoreAsync(daemon);

        var told = await JoiningSchool.AskAsync(daemon, agent, order);

        Assert.Equal((null, JoiningSchool.AccountData), (told.JoinPassword, told.AccountData));
    }

    [Fact]
    public async Task A_file_of_djoin_serves_one_job()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await JoiningSchool.PrepareAsync(daemon, hasAccount: false);
        Assert.Equal("it has nothing to join school.local with: set a join account, give it a file of djoin, or start it with --no-join", await JoiningSchool.NoteAsync(daemon));
        Assert.Equal((Secret.Mask, null), await JoiningSchool.GiveDjoinAsync(daemon) is var set ? (set.Data, set.Job) : default);
        Assert.Null(await JoiningSchool.NoteAsync(daemon));
        var (agent, order) = await JoiningSchool.RestoreAsync(daemon);
        Assert.NotNull((await JoiningSchool.AskAsync(daemon, agent, order)).AccountData);

        // Switched off in the middle: the same job takes it up again, and is told again.
        var again = await daemon.MeetAsync(1, order.Claim);
        var second = await again.TakeJobAsync();
        Assert.NotNull((await JoiningSchool.AskAsync(daemon, again, second)).AccountData);
        await again.DoneAsync(second);

        var host = await daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01");
        Assert.Equal(order.Id, host.OfflineJoin!.Job);
        Assert.Equal(("pc01", "school.local", null), (host.Joined!.Name, host.Joined.Domain, host.Joined.Account));
        Assert.Equal("it has nothing to join school.local with: its file of djoin was used by job 1, and there is no join account", await JoiningSchool.NoteAsync(daemon));
        var (next, third) = await JoiningSchool.RestoreAsync(daemon);
        Assert.Null((await JoiningSchool.AskAsync(daemon, next, third)).AccountData);
        await next.DoneAsync(third);

        await daemon.Admin.CallAsync(JoinApi.DeleteOfflineJoin, Cancel, "pc01");
        Assert.Null((await daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01")).OfflineJoin);
        await TestRegistry.RefusedAsync("offline-join-missing", () => daemon.Admin.CallAsync(JoinApi.DeleteOfflineJoin, Cancel, "pc01"));
    }

    [Fact]
    public async Task Who_joined_a_computer_decides_what_the_preview_warns_of()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await JoiningSchool.PrepareAsync(daemon);
        Assert.StartsWith("school.local refuses a computer pc01 that joiner did not join (KB5020276); ", await JoiningSchool.NoteAsync(daemon), StringComparison.Ordinal);
        Assert.Null(await JoiningSchool.NoteAsync(daemon, new JobOptions(NoJoin: true)));

        var (agent, order) = await JoiningSchool.RestoreAsync(daemon);
        await JoiningSchool.AskAsync(daemon, agent, order);
        await agent.DoneAsync(order);
        Assert.Equal("joiner", (await daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01")).Joined!.Account);
        Assert.Null(await JoiningSchool.NoteAsync(daemon));

        await daemon.Admin.CallAsync(JoinApi.SetAccount, new JoinAccountChange("other"), Cancel, JoiningSchool.Domain.ToUpperInvariant());
        var note = await JoiningSchool.NoteAsync(daemon);
        Assert.StartsWith("school.local will refuse it (KB5020276): joiner joined it, and not other; ", note, StringComparison.Ordinal);
        Assert.Contains("delete its account there first, or use the account that joined it or a file of djoin", note, StringComparison.Ordinal);
        await JoiningSchool.GiveDjoinAsync(daemon);
        Assert.Null(await JoiningSchool.NoteAsync(daemon));

        await daemon.Admin.CallAsync(ConfigurationApi.Change, new ConfigurationChange(Join: new JoinSettings("")), Cancel, "lab");
        Assert.Equal("it is to join a domain, and neither it nor its configuration says which", await JoiningSchool.NoteAsync(daemon));
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Join: new JoinSettings("-")), Cancel, "pc01");
        Assert.Null(await JoiningSchool.NoteAsync(daemon));
    }

    [Fact]
    public async Task A_restore_that_failed_joined_nothing()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await JoiningSchool.PrepareAsync(daemon);
        var (agent, order) = await JoiningSchool.RestoreAsync(daemon);
        await JoiningSchool.AskAsync(daemon, agent, order);
        await agent.ReportAsync(order, new JobEnd(JobOutcome.Failed, new JobFault("write", "disk-write-failed", "m", "h"), null, null));

        Assert.Null((await daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01")).Joined);
    }

    [Fact]
    public async Task The_answer_is_kept_by_no_cache()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await JoiningSchool.PrepareAsync(daemon);
        var (agent, order) = await JoiningSchool.RestoreAsync(daemon);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(daemon.Url, AgentApi.Secrets.PathOf(order.Id)))
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new SecretsRequest(order.Fence, s_nonce), ApiJson.Default.SecretsRequest)),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", agent.Token) },
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var answer = await daemon.Http.SendAsync(request, Cancel);

        Assert.Equal((true, true), (answer.IsSuccessStatusCode, answer.Headers.CacheControl?.NoStore));
    }

    [Fact]
    public async Task Join_accounts_are_shown_without_their_passwords()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await JoiningSchool.PrepareAsync(daemon);
        Assert.Equal((JoiningSchool.Domain, JoiningSchool.User, Secret.Mask), Assert.Single(await daemon.Admin.CallAsync(JoinApi.ListAccounts, Cancel)) is var one ? (one.Domain, one.User, one.Password) : default);

        await TestRegistry.RefusedAsync("join-password-needed-invalid", () => SetAsync(daemon, "OTHER", new JoinAccountChange("joiner")));
        await TestRegistry.RefusedAsync("join-password-invalid", () => SetAsync(daemon, "OTHER", new JoinAccountChange("joiner", "two\nlines")));
        await TestRegistry.RefusedAsync("join-user-invalid", () => SetAsync(daemon, "OTHER", new JoinAccountChange("OTHER\\joiner", "x")));
        await TestRegistry.RefusedAsync("domain-invalid", () => SetAsync(daemon, "a b", new JoinAccountChange("joiner", "x")));
        await TestRegistry.RefusedAsync("join-account-missing", () => daemon.Admin.CallAsync(JoinApi.DeleteAccount, Cancel, "OTHER"));
        await TestRegistry.RefusedAsync("offline-join-invalid", () => daemon.Admin.CallAsync(JoinApi.SetOfflineJoin, new OfflineJoinFile("no"u8.ToArray()), Cancel, "pc01"));
        await TestRegistry.RefusedAsync("offline-join-invalid", () => daemon.Admin.CallAsync(JoinApi.SetOfflineJoin, new OfflineJoinFile([.. "AAAA"u8, .. Enumerable.Repeat((byte)'A', 400)]), Cancel, "pc01"));

        await daemon.Admin.CallAsync(JoinApi.DeleteAccount, Cancel, "School.Local");
        Assert.Empty(await daemon.Admin.CallAsync(JoinApi.ListAccounts, Cancel));
    }

    private static Task<JoinAccount> SetAsync(TestDaemon daemon, string domain, JoinAccountChange change) => daemon.Admin.CallAsync(JoinApi.SetAccount, change, Cancel, domain);

    private static void AssertNothing(PersonalSecrets told) =>
        Assert.Equal((0, null, null, null, null), (told.ProductIds.Count, told.JoinUser, told.JoinPassword, told.AccountData, told.AdminPassword));
}
