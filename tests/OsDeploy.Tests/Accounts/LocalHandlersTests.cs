using System.Net;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Helper;
using OsDeploy.Server.Api;
using Xunit;

namespace OsDeploy.Tests.Accounts;

/// <summary>What the daemon tells programs on its own computer, by their uid.</summary>
public sealed class LocalHandlersTests : IDisposable
{
    private const int Nobody = 65534;

    private readonly TestAccounts _accounts = new();

    private static LocalCaller System => new(Mono.Unix.Native.Syscall.geteuid());

    public void Dispose() => _accounts.Dispose();

    [Fact]
    public async Task An_operator_s_uid_is_a_session_of_that_operator_and_a_line_in_the_audit_log()
    {
        var (anna, tom) = await PeopleAsync();

        var answer = await LogInAsync(tom, new LocalLogin("192.0.2.7"));

        Assert.Equal(200, answer.Status);
        var login = answer.Read(ApiJson.Default.LoginAnswer);
        Assert.Equal("tom", login.Operator.Name);
        Assert.Equal(("tom", Role.Viewer), (_accounts.CallerOf(login.Token).Name, _accounts.CallerOf(login.Token).Role));
        var line = _accounts.Audit.Page(null, 1).Lines[0];
        Assert.Equal(("operator:tom", "login", "over SSH from 192.0.2.7"), (line.Actor, line.Action, line.Detail));
        Assert.Equal("anna", (await LogInAsync(anna, new LocalLogin("x\u001b[2J"))).Read(ApiJson.Default.LoginAnswer).Operator.Name);
        Assert.Equal("over SSH from an unknown place", _accounts.Audit.Page(null, 1).Lines[0].Detail);
    }

    [Fact]
    public async Task Nobody_else_s_uid_is_anybody()
    {
        var (_, tom) = await PeopleAsync();

        Assert.All(
            await Task.WhenAll(new[] { 0, 1, 1000, Nobody, MirroredOperators.FirstUid - 1, tom + 1, MirroredOperators.LastUid, -1 }.Select(uid => LogInAsync(uid, new LocalLogin()))),
            answer => Assert.Equal((401, "login-failed"), (answer.Status, answer.Code)));
    }

    [Fact]
    public async Task A_disabled_account_and_one_that_is_gone_are_not_let_in_nor_is_the_next_of_that_name()
    {
        var (_, tom) = await PeopleAsync();
        _accounts.Operators.Change("operator:anna", "tom", new OperatorChange(IsDisabled: true));
        Assert.Equal(401, (await LogInAsync(tom, new LocalLogin())).Status);

        _accounts.Operators.Delete("operator:anna", "tom");
        Assert.Equal(401, (await LogInAsync(tom, new LocalLogin())).Status);

        await _accounts.AddAsync("tom", Role.Admin);
        _accounts.Uids.Complete();
        Assert.Equal(401, (await LogInAsync(tom, new LocalLogin())).Status);
        Assert.Equal(tom + 1, _accounts.Operators.Table.Find("tom")!.Uid);
    }

    [Fact]
    public async Task A_number_is_given_once_even_if_its_account_is_gone_before_a_restart()
    {
        var (_, tom) = await PeopleAsync();
        _accounts.Operators.Delete("operator:anna", "tom");
        _accounts.Restart();
        await _accounts.AddAsync("eva", Role.Viewer);

        _accounts.Uids.Complete();

        Assert.Equal(tom + 1, _accounts.Operators.Table.Find("eva")!.Uid);
    }

    [Fact]
    public async Task A_password_is_checked_for_the_system_and_attempts_are_counted_by_where_they_come_from()
    {
        await PeopleAsync();
        Assert.Equal(204, (await CheckAsync(System, "tom", TestAccounts.Password, "192.0.2.7")).Status);
        Assert.Equal(403, (await CheckAsync(new LocalCaller(Nobody), "tom", TestAccounts.Password, "192.0.2.7")).Status);
        Assert.Equal(400, (await CheckAsync(System, "tom", TestAccounts.Password, "somewhere")).Status);

        // As over the network: after so many from one address the rest has to wait, and the console has not.
        var answers = new List<string>();
        for (var count = 0; count < 30; count++)
        {
            answers.Add((await CheckAsync(System, "tom", "wrong", "198.51.100.9")).Code);
        }

        Assert.Equal("login-failed", answers[0]);
        Assert.Equal("login-too-often", answers[^1]);
        Assert.NotEmpty(await _accounts.LoginAsync("tom"));
        Assert.Equal(204, (await CheckAsync(System, "tom", TestAccounts.Password, "192.0.2.7")).Status);
    }

    [Fact]
    public async Task A_disabled_account_has_no_right_password_and_no_keys()
    {
        await PeopleAsync();
        await _accounts.Keys.AddAsync("operator:anna", "tom", new NewOperatorKey("laptop", Ed25519), TestContext.Current.CancellationToken);
        Assert.Equal([Ed25519], await KeysOfAsync("tom"));

        _accounts.Operators.Change("operator:anna", "tom", new OperatorChange(IsDisabled: true));

        Assert.Empty(await KeysOfAsync("tom"));
        Assert.Empty(await KeysOfAsync("nobody-here"));
        Assert.Equal(401, (await CheckAsync(System, "tom", TestAccounts.Password, "192.0.2.7")).Status);
        Assert.Equal(403, (await _accounts.AskAsync(LocalApi.Keys, new LocalCaller(Nobody), default, ["anna"])).Status);
    }

    [Fact]
    public async Task A_shell_opens_at_the_appliance_s_own_screen_for_an_administrator_who_says_the_password()
    {
        await PeopleAsync();

        Assert.Equal((409, "emergency-shell-elsewhere"), await OpenShellAsync(Nobody, "anna", TestAccounts.Password));
        Assert.Equal((409, "emergency-shell-elsewhere"), await OpenShellAsync((uint)_accounts.Operators.Table.Find("anna")!.Uid!.Value, "anna", TestAccounts.Password));
        Assert.Equal((401, "login-failed"), await OpenShellAsync(TestAccounts.ScreenUser, "anna", "wrong"));
        Assert.Equal((401, "login-failed"), await OpenShellAsync(TestAccounts.ScreenUser, "tom", TestAccounts.Password));
        Assert.Equal(0, _accounts.Shells);

        Assert.Equal((204, null), await OpenShellAsync(TestAccounts.ScreenUser, "anna", TestAccounts.Password));

        Assert.Equal(1, _accounts.Shells);
        var line = _accounts.Audit.Page(null, 1).Lines[0];
        Assert.Equal(("operator:anna", "emergency-shell"), (line.Actor, line.Action));
    }

    private async Task<(int Status, string? Code)> OpenShellAsync(uint uid, string name, string password)
    {
        var answer = await _accounts.AskAsync(LocalApi.Shell, new LocalCaller(uid), new LocalShell(name, password));
        return (answer.Status, answer.Status == 204 ? null : answer.Code);
    }

    private static string Ed25519 => "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIM0horFIx7feS6hhWEuRITzDB4WYzz5eGOzsE20brspR";

    private async Task<(int Anna, int Tom)> PeopleAsync()
    {
        await _accounts.AddFirstAsync();
        await _accounts.AddAsync("tom", Role.Viewer);
        _accounts.Uids.Complete();
        return (_accounts.Operators.Table.Find("anna")!.Uid!.Value, _accounts.Operators.Table.Find("tom")!.Uid!.Value);
    }

    private Task<TestAccounts.Answer> LogInAsync(int uid, LocalLogin login) => _accounts.AskAsync(LocalApi.Login, new LocalCaller((uint)uid), login);

    private Task<TestAccounts.Answer> CheckAsync(LocalCaller caller, string name, string password, string from) =>
        _accounts.AskAsync(LocalApi.Check, caller, new LocalCheck(name, password, from), from: IPAddress.Loopback);

    private async Task<IReadOnlyList<string>> KeysOfAsync(string name) => (await _accounts.AskAsync(LocalApi.Keys, System, default, [name])).Read(ApiJson.Default.IReadOnlyListString);
}
