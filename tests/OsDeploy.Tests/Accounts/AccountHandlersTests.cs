using System.Net;
using System.Reflection;
using System.Text;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Api;
using Xunit;

namespace OsDeploy.Tests.Accounts;

public sealed class AccountHandlersTests : IDisposable
{
    private readonly TestAccounts _accounts = new();

    public void Dispose() => _accounts.Dispose();

    [Fact]
    public void Every_route_of_accounts_has_a_handler() => Assert.All(AccountApi.All, route => Assert.NotNull(_accounts.Handlers[route]));

    [Fact]
    public async Task A_failed_login_is_401_and_too_many_are_429_with_the_time_to_wait()
    {
        await _accounts.AddFirstAsync();
        for (var i = 0; i < 5; i++)
        {
            var failed = await LoginAsync("anna", "wrong horse battery");
            Assert.Equal((401, "login-failed", "Bearer"), (failed.Status, failed.Code, $"{failed.Headers["WWW-Authenticate"]}"));
        }

        _accounts.Clock.Pass(TimeSpan.FromMilliseconds(1));
        var refused = await LoginAsync("anna", TestAccounts.Password);
        Assert.Equal((429, "login-too-often", "1"), (refused.Status, refused.Code, $"{refused.Headers["Retry-After"]}"));
        Assert.Contains("Wait 1 s", refused.Read(ApiJson.Default.Problem).Hint, StringComparison.Ordinal);
        Assert.False(refused.Headers.ContainsKey("Set-Cookie"));
    }

    [Fact]
    public async Task An_administrator_looks_after_accounts()
    {
        await _accounts.AddFirstAsync();
        var anna = await CallerAsync("anna");
        var added = await _accounts.AskAsync(AccountApi.Add, anna, new NewOperator("rosa", Role.RoomOperator, TestAccounts.Password, ["R101"]));
        Assert.Equal((200, "rosa"), (added.Status, added.Read(ApiJson.Default.Operator).Name));
        Assert.Equal(409, (await _accounts.AskAsync(AccountApi.Add, anna, new NewOperator("rosa", Role.Viewer, TestAccounts.Password))).Status);
        Assert.Equal(422, (await _accounts.AskAsync(AccountApi.Add, anna, new NewOperator("rolf", Role.Viewer, "rolf"))).Status);
        Assert.Equal(422, (await _accounts.AskAsync(AccountApi.Add, anna, new NewOperator("root", Role.Viewer, TestAccounts.Password))).Status);
        var list = await _accounts.AskAsync(AccountApi.List, anna, default);
        Assert.Equal(["anna", "rosa"], list.Read(ApiJson.Default.IReadOnlyListOperator).Select(account => account.Name));
        var changed = await _accounts.AskAsync(AccountApi.Change, anna, new OperatorChange(Role.Imager), ["rosa"]);
        Assert.Equal(Role.Imager, changed.Read(ApiJson.Default.Operator).Role);
        Assert.Equal("last-admin", (await _accounts.AskAsync(AccountApi.Change, anna, new OperatorChange(Role.Imager), ["anna"])).Code);
        Assert.Equal(204, (await _accounts.AskAsync(AccountApi.Delete, anna, default, ["rosa"])).Status);
        Assert.Equal(404, (await _accounts.AskAsync(AccountApi.Delete, anna, default, ["rosa"])).Status);
    }

    [Fact]
    public async Task Another_password_is_set_with_the_own_one_only()
    {
        await _accounts.AddFirstAsync();
        await _accounts.AddAsync("rosa", Role.Viewer);
        await _accounts.Operators.SetPasswordAsync(await CallerAsync("anna"), "rosa", "her own password 7", TestContext.Current.CancellationToken);
        var anna = await CallerAsync("anna");
        Assert.Equal(403, (await _accounts.AskAsync(AccountApi.SetPassword, anna, new PasswordChange("her own password 7", "tea kettle window"), ["rosa"])).Status);
        Assert.Equal(422, (await _accounts.AskAsync(AccountApi.SetPassword, anna, new PasswordChange(TestAccounts.Password, "short"), ["rosa"])).Status);
        Assert.Equal(404, (await _accounts.AskAsync(AccountApi.SetPassword, anna, new PasswordChange(TestAccounts.Password, "tea kettle window"), ["rolf"])).Status);
        Assert.Equal(204, (await _accounts.AskAsync(AccountApi.SetPassword, anna, new PasswordChange(TestAccounts.Password, "tea kettle window"), ["rosa"])).Status);
        Assert.Equal(200, (await LoginAsync("rosa", "tea kettle window")).Status);
    }

    [Fact]
    public async Task An_operator_changes_the_own_password_and_stays_logged_in()
    {
        await _accounts.AddFirstAsync();
        var session = await _accounts.LoginAsync();
        var anna = _accounts.CallerOf(session);
        Assert.Equal(403, (await _accounts.AskAsync(AccountApi.ChangeOwnPassword, anna, new PasswordChange("tea kettle window", "tea kettle window"))).Status);
        Assert.Equal(204, (await _accounts.AskAsync(AccountApi.ChangeOwnPassword, anna, new PasswordChange(TestAccounts.Password, "tea kettle window"))).Status);
        Assert.Equal("anna", (await _accounts.AskAsync(AccountApi.Self, _accounts.CallerOf(session), default)).Read(ApiJson.Default.Operator).Name);
        Assert.Equal(204, (await _accounts.AskAsync(AccountApi.Logout, anna, default)).Status);
        Assert.Null(_accounts.Authenticator.Authenticate(session));
    }

    [Fact]
    public async Task The_audit_log_is_read_in_pages_and_checked_as_a_whole_when_asked()
    {
        await _accounts.AddFirstAsync();
        var anna = await CallerAsync("anna");
        for (var i = 0; i < 250; i++)
        {
            _accounts.Audit.Append("appliance", "test", $"{i}", "");
        }

        Assert.Equal(200, (await AuditAsync("")).Lines.Count);
        Assert.Equal([9L, 8L], (await AuditAsync("?before=10&count=2")).Lines.Select(line => line.Number));
        Assert.Single((await AuditAsync("?count=0")).Lines);
        var lines = _accounts.Store.GetCollection("audit", AccountJson.Default.AuditLine, line => $"{line.Number:D19}");
        lines.Upsert(lines.FindById($"{5:D19}")!.Value.Value with { Actor = "operator:berta" });
        Assert.Null((await AuditAsync("?count=10")).BrokenAt);
        Assert.Equal(5, (await AuditAsync("?count=10&check=true")).BrokenAt);
        foreach (var query in new[] { "?before=-1", "?before=x", "?count=1e3", "?count=99999999999999999999" })
        {
            Assert.Equal(400, (await _accounts.AskAsync(AccountApi.Audit, anna, default, query: query)).Status);
        }

        async Task<AuditPage> AuditAsync(string query) => (await _accounts.AskAsync(AccountApi.Audit, anna, default, query: query)).Read(ApiJson.Default.AuditPage);
    }

    [Fact]
    public async Task Every_change_of_an_account_has_its_line()
    {
        await _accounts.AddFirstAsync();
        var anna = await CallerAsync("anna");
        await _accounts.AskAsync(AccountApi.Add, anna, new NewOperator("rosa", Role.Viewer, TestAccounts.Password));
        await _accounts.AskAsync(AccountApi.Change, anna, new OperatorChange(Role.RoomOperator, ["R101"]), ["rosa"]);
        await _accounts.AskAsync(AccountApi.AddToken, anna, new NewToken("t"), ["rosa"]);
        await _accounts.AskAsync(AccountApi.DeleteToken, anna, default, ["rosa", "t"]);
        await _accounts.AskAsync(AccountApi.SetPassword, anna, new PasswordChange(TestAccounts.Password, "tea kettle window"), ["rosa"]);
        await _accounts.AskAsync(AccountApi.Delete, anna, default, ["rosa"]);
        await _accounts.AskAsync(AccountApi.Logout, anna, default);
        string[] expected =
        [
            "appliance operator-first anna Admin", "operator:anna login anna from the console", "operator:anna operator-add rosa Viewer",
            "operator:anna operator-change rosa Viewer -> RoomOperator of R101", "operator:anna token-add rosa t",
            "operator:anna token-delete rosa t", "operator:anna password-set rosa by another",
            "operator:anna operator-delete rosa RoomOperator of R101", "operator:anna logout anna ",
        ];
        Assert.Equal(expected, _accounts.Audit.Page(null, 100).Lines.Reverse().Select(line => $"{line.Actor} {line.Action} {line.Subject} {line.Detail}"));
    }

    [Fact]
    public async Task No_password_and_no_token_lies_in_the_database_or_in_an_answer()
    {
        const string first = TestAccounts.Password;
        const string second = "canary-password-9f3e";
        await _accounts.AddFirstAsync();
        var login = await LoginAsync("anna", first);
        var session = login.Read(ApiJson.Default.LoginAnswer).Token;
        var anna = _accounts.CallerOf(session);
        var token = (await _accounts.AskAsync(AccountApi.AddToken, anna, new NewToken("t"), ["anna"])).Read(ApiJson.Default.TokenAnswer).Token;
        List<TestAccounts.Answer> answers =
        [
            await LoginAsync("anna", second),
            await LoginAsync(second, first),
            await _accounts.AskAsync(AccountApi.Add, anna, new NewOperator("rosa", Role.Viewer, second)),
            await _accounts.AskAsync(AccountApi.ChangeOwnPassword, anna, new PasswordChange(first, second)),
            await _accounts.AskAsync(AccountApi.ChangeOwnPassword, anna, new PasswordChange(first, second)),
            await _accounts.AskAsync(AccountApi.List, anna, default),
            await _accounts.AskAsync(AccountApi.Self, anna, default),
            await _accounts.AskAsync(AccountApi.Audit, anna, default),
        ];
        var kept = _accounts.Operators.Table.Find("anna")!;
        var answered = answers.SelectMany(answer => answer.Body).ToArray();
        var stored = _accounts.BytesOnDisk();
        Assert.True(stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(kept.Tokens[0].Hash)) >= 0); // the search finds what is there
        foreach (var secret in new[] { first, second, session, token, session["osds_".Length..], token["osdt_".Length..] })
        {
            Assert.Equal(-1, stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
        }

        foreach (var secret in new[] { first, session, token, kept.Password, kept.Tokens[0].Hash, anna.Session })
        {
            Assert.Equal(-1, answered.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
        }

    }

    [Fact]
    public async Task A_record_with_a_secret_does_not_show_it_as_text()
    {
        var account = await _accounts.AddFirstAsync();
        var texts = new object[]
        {
            new LoginRequest("anna", "canary"), new LoginAnswer("canary", account, default), new NewOperator("anna", Role.Admin, "canary"),
            new PasswordChange("canary", "canary"), new TokenAnswer("canary"),
        };
        Assert.All(texts, text => Assert.DoesNotContain("canary", $"{text}", StringComparison.Ordinal));
        Assert.Equal("anna", $"{_accounts.Operators.Table.Find("anna")}");
    }

    [Fact]
    public async Task Answers_without_a_value_are_read_back()
    {
        await _accounts.AddFirstAsync();
        var anna = await CallerAsync("anna");
        var added = await _accounts.AskAsync(AccountApi.Add, anna, new NewOperator("rosa", Role.Viewer, TestAccounts.Password));
        Assert.Null(added.Read(ApiJson.Default.Operator).LastLogin);
        Assert.Null((await _accounts.AskAsync(AccountApi.Audit, anna, default)).Read(ApiJson.Default.AuditPage).BrokenAt);
    }

    [Fact]
    public void Every_error_has_a_code_a_sentence_and_a_hint()
    {
        var errors = new[] { typeof(AccountErrors), typeof(AccountRuleErrors) }.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static)).Where(method => method.ReturnType == typeof(UserErrorException))
            .Select(method => (UserErrorException)method.Invoke(null, [.. method.GetParameters().Select(SampleOf)])!).ToList();
        Assert.NotEmpty(errors);
        Assert.All(errors, error =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", error.Code);
            Assert.Matches("^[^\\p{C}]+\\.$", error.Message);
            Assert.Matches("^[^\\p{C}]+\\.$", error.Hint);
        });
    }

    private static object? SampleOf(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "a \u001b[2J b",
        var type when type == typeof(int) => 7,
        var type when type == typeof(TimeSpan) => TimeSpan.FromSeconds(7.2),
        var type when type == typeof(OperatorName) => OperatorName.Parse("anna"),
        _ => null,
    };

    private Task<TestAccounts.Answer> LoginAsync(string name, string password) => _accounts.AskAsync(
        AccountApi.Login, AnonymousCaller.Instance, new LoginRequest(name, password), from: IPAddress.Parse("10.0.0.66"));

    private async Task<OperatorCaller> CallerAsync(string name) => _accounts.CallerOf(await _accounts.LoginAsync(name));
}
