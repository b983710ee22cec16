using System.Net;
using OsDeploy.Api.Accounts;
using OsDeploy.Server.Accounts;
using Xunit;

namespace OsDeploy.Tests.Accounts;

/// <summary>Logins and the sessions they begin.</summary>
public sealed class LoginTests : IDisposable
{
    private static readonly IPAddress s_laptop = IPAddress.Parse("10.0.0.66");

    private readonly TestAccounts _accounts = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _accounts.Dispose();

    [Fact]
    public async Task A_login_begins_a_session()
    {
        await _accounts.AddFirstAsync();
        var answer = await _accounts.Logins.LoginAsync(new LoginRequest("anna", TestAccounts.Password), null, Cancel);
        Assert.Matches("^osds_[A-Za-z0-9_-]{43}$", answer.Token);
        Assert.Equal(_accounts.Clock.GetUtcNow() + TimeSpan.FromHours(12), answer.EndsAt);
        Assert.Equal(_accounts.Clock.GetUtcNow(), answer.Operator.LastLogin);
        Assert.Equal(("anna", Role.Admin, "operator:anna"), (_accounts.CallerOf(answer.Token).Name, _accounts.CallerOf(answer.Token).Role, _accounts.CallerOf(answer.Token).AuditName));
    }

    [Theory]
    [InlineData("anna", "wrong horse battery")]
    [InlineData("anna", "")]
    [InlineData("anna", "Correct horse battery")]
    [InlineData("anna", "correct horse battery ")]
    [InlineData("berta", TestAccounts.Password)] // disabled
    [InlineData("nobody1", TestAccounts.Password)]
    [InlineData("ANNA", TestAccounts.Password)]
    [InlineData("", "")]
    [InlineData("\u001b[2J", "\ud800")]
    public async Task Whatever_was_wrong_the_answer_is_the_same(string name, string password)
    {
        await _accounts.AddFirstAsync();
        await _accounts.AddAsync("berta", Role.Viewer);
        _accounts.Operators.Change("operator:anna", "berta", new OperatorChange(IsDisabled: true));
        var failed = await Assert.ThrowsAsync<UserErrorException>(() => _accounts.LoginAsync(name, password));
        var usual = AccountErrors.LoginFailed();
        Assert.Equal((usual.Code, usual.Message, usual.Hint), (failed.Code, failed.Message, failed.Hint));
    }

    [Theory]
    [InlineData("")]
    [InlineData("osds_")]
    [InlineData("osds_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("osdt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("osda_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("anna")]
    public async Task Nothing_else_is_a_credential(string bearer)
    {
        await _accounts.AddFirstAsync();
        var session = await _accounts.LoginAsync();
        Assert.Null(_accounts.Authenticator.Authenticate(bearer));
        Assert.Null(_accounts.Authenticator.Authenticate(session + "A"));
        Assert.Null(_accounts.Authenticator.Authenticate(session[..^1]));
        Assert.Null(_accounts.Authenticator.Authenticate(BearerToken.LongLivedPrefix + session["osds_".Length..]));
        Assert.Null(_accounts.Authenticator.Authenticate(BearerToken.HashOf(session))); // what the database holds opens nothing
        Assert.Null(_accounts.Authenticator.Authenticate("osds_" + BearerToken.HashOf(session)));
        Assert.Null(_accounts.Authenticator.Authenticate(new string('x', 1 << 20)));
    }

    [Fact]
    public async Task A_session_ends_after_a_quarter_of_an_hour_without_a_request()
    {
        await _accounts.AddFirstAsync();
        var session = await _accounts.LoginAsync();
        for (var i = 0; i < 10; i++)
        {
            _accounts.Clock.Pass(TimeSpan.FromMinutes(14.9));
            Assert.NotNull(_accounts.Authenticator.Authenticate(session));
        }

        _accounts.Clock.Pass(TimeSpan.FromMinutes(15));
        Assert.Null(_accounts.Authenticator.Authenticate(session));
        Assert.Empty(Records());
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_however_busy()
    {
        await _accounts.AddFirstAsync();
        var session = await _accounts.LoginAsync();
        for (var minutes = 0; minutes < 12 * 60; minutes += 10)
        {
            Assert.NotNull(_accounts.Authenticator.Authenticate(session));
            _accounts.Clock.Pass(TimeSpan.FromMinutes(10));
        }

        Assert.Null(_accounts.Authenticator.Authenticate(session));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task A_jump_of_the_clock_on_the_wall_ends_no_session_and_saves_none(int years)
    {
        await _accounts.AddFirstAsync();
        var session = await _accounts.LoginAsync();
        _accounts.Clock.SetWall(_accounts.Clock.GetUtcNow().AddYears(years));
        Assert.NotNull(_accounts.Authenticator.Authenticate(session));
        _accounts.Restart();
        Assert.NotNull(_accounts.Authenticator.Authenticate(session));
        _accounts.Clock.Pass(TimeSpan.FromMinutes(15));
        _accounts.Clock.SetWall(_accounts.Clock.GetUtcNow().AddYears(-years));
        Assert.Null(_accounts.Authenticator.Authenticate(session));
    }

    [Fact]
    public async Task A_restart_logs_nobody_out_and_gives_no_session_a_longer_life()
    {
        await _accounts.AddFirstAsync();
        var session = await _accounts.LoginAsync();
        for (var minutes = 0; minutes < 12 * 60; minutes += 10)
        {
            Assert.NotNull(_accounts.Authenticator.Authenticate(session));
            _accounts.Restart();
            _accounts.Clock.Pass(TimeSpan.FromMinutes(10));
        }

        Assert.Null(_accounts.Authenticator.Authenticate(session));
    }

    [Fact]
    public async Task A_long_answer_goes_on_as_long_as_what_opened_it_is_valid()
    {
        await _accounts.AddFirstAsync();
        await _accounts.AddAsync("rosa", Role.RoomOperator, "R101");
        var (session, token) = (await _accounts.LoginAsync("rosa"), _accounts.Tokens.Add("operator:anna", "rosa", "t"));
        var (bySession, byToken) = (_accounts.CallerOf(session), _accounts.CallerOf(token));
        Assert.True(_accounts.Authenticator.IsValid(bySession));
        Assert.True(_accounts.Authenticator.IsValid(byToken));
        _accounts.Clock.Pass(TimeSpan.FromMinutes(14));
        Assert.True(_accounts.Authenticator.IsValid(bySession));
        _accounts.Clock.Pass(TimeSpan.FromMinutes(1)); // looking is no request
        Assert.False(_accounts.Authenticator.IsValid(bySession));
        var ended = _accounts.CallerOf(await _accounts.LoginAsync("rosa"));
        _accounts.Operators.Change("operator:anna", "rosa", new OperatorChange(Rooms: ["R102"]));
        Assert.False(_accounts.Authenticator.IsValid(ended));
        Assert.False(_accounts.Authenticator.IsValid(byToken));
        byToken = _accounts.CallerOf(token);
        Assert.True(_accounts.Authenticator.IsValid(byToken));
        _accounts.Tokens.Delete("operator:anna", "rosa", "t");
        Assert.False(_accounts.Authenticator.IsValid(byToken));
    }

    [Fact]
    public async Task A_session_in_use_is_written_at_most_once_a_minute()
    {
        await _accounts.AddFirstAsync();
        var session = await _accounts.LoginAsync();
        var writes = 0;
        _accounts.Store.Changed += (_, change) => writes += change.Collection == "session" ? 1 : 0;
        for (var i = 0; i < 600; i++)
        {
            _accounts.Clock.Pass(TimeSpan.FromSeconds(1));
            Assert.NotNull(_accounts.Authenticator.Authenticate(session));
        }

        Assert.Equal(10, writes);
    }

    [Fact]
    public async Task After_the_logout_the_session_is_gone_for_good()
    {
        await _accounts.AddFirstAsync();
        var (session, other) = (await _accounts.LoginAsync(), await _accounts.LoginAsync());
        var caller = _accounts.CallerOf(session);
        _accounts.Logins.Logout(caller);
        _accounts.Logins.Logout(caller);
        Assert.Null(_accounts.Authenticator.Authenticate(session));
        Assert.NotNull(_accounts.Authenticator.Authenticate(other));
        _accounts.Restart();
        Assert.Null(_accounts.Authenticator.Authenticate(session));
        Assert.Single(_accounts.Audit.Page(null, 100).Lines, line => line.Action == "logout");
    }

    [Fact]
    public async Task A_logout_wins_over_a_request_at_the_same_moment()
    {
        await _accounts.AddFirstAsync();
        for (var round = 0; round < 30; round++)
        {
            var session = await _accounts.LoginAsync();
            var caller = _accounts.CallerOf(session);
            _accounts.Clock.Pass(TimeSpan.FromMinutes(1)); // the next use is written
            Parallel.Invoke(
                () => _accounts.Authenticator.Authenticate(session), () => _accounts.Logins.Logout(caller), () => _accounts.Authenticator.Authenticate(session));
            Assert.Empty(Records());
        }
    }

    [Fact]
    public async Task A_changed_account_is_logged_out()
    {
        await _accounts.AddFirstAsync();
        await _accounts.AddAsync("rosa", Role.RoomOperator, "R101");
        foreach (var change in new OperatorChange[] { new(Rooms: ["R102"]), new(Role.Imager), new(IsDisabled: true) })
        {
            var session = await _accounts.LoginAsync("rosa");
            _accounts.Operators.Change("operator:anna", "rosa", change);
            Assert.Null(_accounts.Authenticator.Authenticate(session));
            _accounts.Restart();
            Assert.Null(_accounts.Authenticator.Authenticate(session));
        }
    }

    [Fact]
    public async Task A_new_password_ends_all_sessions_but_the_one_that_set_it()
    {
        await _accounts.AddFirstAsync();
        var (mine, stolen) = (await _accounts.LoginAsync(), await _accounts.LoginAsync());
        await _accounts.Operators.SetPasswordAsync(_accounts.CallerOf(mine), "anna", "tea kettle window", Cancel);
        Assert.NotNull(_accounts.Authenticator.Authenticate(mine));
        Assert.Null(_accounts.Authenticator.Authenticate(stolen));
        _accounts.Restart();
        Assert.NotNull(_accounts.Authenticator.Authenticate(mine));
        var second = await _accounts.LoginAsync("anna", "tea kettle window");
        await _accounts.Operators.SetPasswordAsync(_accounts.CallerOf(second), "anna", "lamp oil mountain", Cancel);
        Assert.Null(_accounts.Authenticator.Authenticate(mine));
        Assert.NotNull(_accounts.Authenticator.Authenticate(second));
        _accounts.Operators.Change("operator:anna", "anna", new OperatorChange(IsDisabled: false)); // nothing
        await _accounts.AddAsync("berta", Role.Admin);
        await _accounts.Operators.SetPasswordAsync(_accounts.CallerOf(await _accounts.LoginAsync("berta")), "anna", "tea kettle window", Cancel);
        Assert.Null(_accounts.Authenticator.Authenticate(second));
        await Assert.ThrowsAsync<UserErrorException>(() => _accounts.LoginAsync("anna", "lamp oil mountain"));
    }

    [Fact]
    public async Task The_session_used_longest_ago_makes_room_for_the_twenty_first_of_an_account()
    {
        await _accounts.AddFirstAsync();
        await _accounts.AddAsync("berta", Role.Viewer);
        var berta = await _accounts.LoginAsync("berta");
        var sessions = new List<string>();
        for (var i = 0; i < Sessions.MostOfOne; i++)
        {
            sessions.Add(await _accounts.LoginAsync());
            _accounts.Clock.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.NotNull(_accounts.Authenticator.Authenticate(sessions[0]));
        sessions.Add(await _accounts.LoginAsync());
        Assert.Null(_accounts.Authenticator.Authenticate(sessions[1]));
        Assert.All(sessions.Where((_, i) => i != 1), session => Assert.NotNull(_accounts.Authenticator.Authenticate(session)));
        Assert.NotNull(_accounts.Authenticator.Authenticate(berta));
        Assert.Equal(Sessions.MostOfOne + 1, Records().Count);
    }

    [Fact]
    public async Task There_are_never_more_than_a_thousand_sessions()
    {
        await _accounts.AddFirstAsync();
        var account = _accounts.Operators.Table.Find("anna")!;
        _accounts.Store.Transact(() =>
        {
            for (var i = 0; i < Sessions.Most + 20; i++)
            {
                _accounts.Sessions.Begin(() => account with { Name = $"a{i / 10}" });
                _accounts.Clock.Pass(TimeSpan.FromMilliseconds(1));
            }
        });
        Assert.Equal(Sessions.Most, Records().Count);
    }

    [Fact]
    public async Task A_login_renews_a_hash_with_older_parameters()
    {
        await _accounts.AddFirstAsync();
        _accounts.Iterations = 7;
        _accounts.Restart();
        Assert.StartsWith("pbkdf2-sha256$3$", _accounts.Operators.Table.Find("anna")!.Password, StringComparison.Ordinal);
        var session = await _accounts.LoginAsync();
        Assert.StartsWith("pbkdf2-sha256$7$", _accounts.Operators.Table.Find("anna")!.Password, StringComparison.Ordinal);
        Assert.NotNull(_accounts.Authenticator.Authenticate(session));
        Assert.NotNull(_accounts.Authenticator.Authenticate(await _accounts.LoginAsync()));
    }

    [Fact]
    public async Task A_password_set_while_a_login_with_the_old_one_is_under_way_wins()
    {
        await _accounts.AddFirstAsync();
        var before = _accounts.Operators.Table.Find("anna")!;
        await _accounts.Operators.SetPasswordAsync(before.ToCaller("x"), "anna", "tea kettle window", Cancel);
        Assert.Null(_accounts.Store.Transact(() => _accounts.Operators.KeepLogin("anna", before.Password, null, _accounts.Clock.GetUtcNow())));
    }

    [Fact]
    public async Task Guessing_is_slowed_down_for_accounts_that_exist_and_for_those_that_do_not()
    {
        await _accounts.AddFirstAsync();
        foreach (var name in new[] { "anna", "nobody1" })
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal("login-failed", await FailAsync(name));
            }

            Assert.Equal("login-too-often", await FailAsync(name));
            _accounts.Clock.Pass(TimeSpan.FromSeconds(1));
            Assert.Equal("login-failed", await FailAsync(name));
            Assert.Equal("login-too-often", await FailAsync(name));
        }

        Assert.NotNull(_accounts.Authenticator.Authenticate(await _accounts.LoginAsync())); // at the console
    }

    [Fact]
    public async Task The_own_password_cannot_be_guessed_by_who_has_the_session()
    {
        await _accounts.AddFirstAsync();
        var caller = _accounts.CallerOf(await _accounts.LoginAsync());
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("password-wrong", (await Assert.ThrowsAsync<UserErrorException>(() => _accounts.Logins.ProveAgainAsync(caller, $"guess {i}", s_laptop, Cancel))).Code);
        }

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => _accounts.Logins.ProveAgainAsync(caller, TestAccounts.Password, s_laptop, Cancel));
        Assert.Equal(("login-too-often", TimeSpan.FromSeconds(1)), (refused.Code, refused.RetryAfter));
    }

    [Fact]
    public async Task The_log_tells_of_failures_once_a_minute_and_never_a_name_that_may_be_a_password()
    {
        await _accounts.AddFirstAsync();
        for (var i = 0; i < 3; i++)
        {
            _ = await FailAsync("anna");
            _ = await FailAsync("hunter2hunter2");
        }

        var lines = _accounts.Audit.Page(null, 100).Lines.Where(line => line.Action == "login-failed").Reverse().ToList();
        Assert.Equal([("anyone", "anna", "from 10.0.0.66"), ("anyone", "(no such account)", "from 10.0.0.66")], lines.Select(line => (line.Actor, line.Subject, line.Detail)));
        _accounts.Clock.Pass(TimeSpan.FromMinutes(1));
        _ = await FailAsync("anna");
        Assert.Equal("from 10.0.0.66, and 4 more without a line", _accounts.Audit.Page(null, 1).Lines[0].Detail);
    }

    private async Task<string> FailAsync(string name) => (await Assert.ThrowsAsync<UserErrorException>(
        () => _accounts.Logins.LoginAsync(new LoginRequest(name, "wrong horse battery"), s_laptop, Cancel))).Code;

    private IReadOnlyList<OsDeploy.Storage.Documents.Stored<SessionRecord>> Records() =>
        _accounts.Store.GetCollection("session", AccountJson.Default.SessionRecord, record => record.Hash).FindAll();
}
