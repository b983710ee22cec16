using OsDeploy.Api.Accounts;
using OsDeploy.Server.Accounts;
using Xunit;

namespace OsDeploy.Tests.Accounts;

public sealed class OperatorsTests : IDisposable
{
    private readonly TestAccounts _accounts = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Operators Operators => _accounts.Operators;

    public void Dispose() => _accounts.Dispose();

    [Fact]
    public async Task The_first_account_is_an_administrator_and_there_is_one_first_only()
    {
        Assert.Empty(Operators.List());
        var first = await _accounts.AddFirstAsync();
        Assert.Equal((Role.Admin, false, null), (first.Role, first.IsDisabled, first.LastLogin));
        Assert.Equal("operators-exist", await CodeOfAsync(() => _accounts.AddFirstAsync("berta")));
        Assert.Single(Operators.List());
    }

    [Fact]
    public async Task Of_many_first_accounts_at_once_one_is_made()
    {
        var attempts = Enumerable.Range(0, 8).Select(i => Task.Run(() => TryAsync(() => _accounts.AddFirstAsync($"a{i}")), Cancel));
        Assert.Equal(1, (await Task.WhenAll(attempts)).Count(code => code is null));
        Assert.Single(Operators.List());
    }

    [Fact]
    public async Task What_was_added_is_found_after_a_restart()
    {
        await _accounts.AddFirstAsync();
        await _accounts.AddAsync("rosa", Role.RoomOperator, "R101", "r101", "Werkraum Süd");
        _accounts.Restart();
        Assert.Equal(["anna", "rosa"], Operators.List().Select(account => account.Name));
        Assert.Equal(["R101", "Werkraum Süd"], Operators.Get("rosa").Rooms);
    }

    [Theory]
    [InlineData("anna", Role.Viewer, "operator-exists")]
    [InlineData("Root", Role.Viewer, "operator-name-rejected")]
    [InlineData("root", Role.Viewer, "operator-name-rejected")]
    [InlineData("berta", (Role)99, "request-malformed")]
    [InlineData("berta", Role.Viewer, "rooms-rejected", "R101")]
    [InlineData("berta", Role.RoomOperator, "rooms-rejected", "R1\u001b[2J")]
    [InlineData("berta", Role.RoomOperator, "rooms-rejected", "")]
    public async Task What_cannot_be_an_account_is_refused(string name, Role role, string code, params string[] rooms)
    {
        await _accounts.AddFirstAsync();
        Assert.Equal(code, await CodeOfAsync(() => _accounts.AddAsync(name, role, rooms)));
        Assert.Single(Operators.List());
    }

    [Fact]
    public async Task The_last_administrator_is_neither_removed_demoted_nor_disabled()
    {
        await _accounts.AddFirstAsync();
        await _accounts.AddAsync("berta", Role.Admin);
        Change("berta", new OperatorChange(IsDisabled: true));
        Assert.Equal("last-admin", CodeOf(() => Change("anna", new OperatorChange(Role.Imager))));
        Assert.Equal("last-admin", CodeOf(() => Change("anna", new OperatorChange(IsDisabled: true))));
        Assert.Equal("last-admin", CodeOf(() => Operators.Delete("operator:anna", "anna")));
        Operators.Delete("operator:anna", "berta"); // a disabled one is not needed
        Assert.Equal(["anna"], Operators.List().Select(account => account.Name));
    }

    [Fact]
    public void Whatever_is_asked_there_is_an_administrator_and_the_table_is_what_is_stored() => Seeded.Cases(10, random =>
    {
        using var accounts = new TestAccounts();
        var names = new[] { "a", "b", "c", "d" };
        _ = TryAsync(() => accounts.AddFirstAsync("a")).GetAwaiter().GetResult();
        for (var i = 0; i < 120; i++)
        {
            var (name, role) = (names[random.Next(4)], (Role)random.Next(5));
            _ = random.Next(4) switch
            {
                0 => TryAsync(() => accounts.AddAsync(name, role)).GetAwaiter().GetResult(),
                1 => Try(() => accounts.Operators.Delete("operator:a", name)),
                2 => Try(() => accounts.Operators.Change("operator:a", name, new OperatorChange(role))),
                _ => Try(() => accounts.Operators.Change("operator:a", name, new OperatorChange(IsDisabled: random.Next(2) == 0))),
            };
            Assert.Contains(accounts.Operators.List(), account => account is { Role: Role.Admin, IsDisabled: false });
        }

        var before = accounts.Operators.List().Select(account => (account.Name, account.Role, account.IsDisabled)).ToList();
        accounts.Restart();
        Assert.Equal(before, accounts.Operators.List().Select(account => (account.Name, account.Role, account.IsDisabled)));
        Assert.Null(accounts.Audit.Verify());
    });

    [Fact]
    public async Task Two_administrators_who_demote_each_other_at_once_do_not_both_succeed()
    {
        await _accounts.AddFirstAsync();
        for (var round = 0; round < 20; round++)
        {
            _ = await TryAsync(() => _accounts.AddAsync("berta", Role.Admin));
            Change("berta", new OperatorChange(Role.Admin));
            var codes = await Task.WhenAll(
                Task.Run(() => Try(() => Change("anna", new OperatorChange(Role.Viewer))), Cancel),
                Task.Run(() => Try(() => Change("berta", new OperatorChange(Role.Viewer))), Cancel));
            Assert.Equal([null, "last-admin"], codes.Order());
            var admin = Operators.List().Single(account => account.Role == Role.Admin);
            Change("anna", new OperatorChange(Role.Admin));
            Assert.True(admin.Name is "anna" or "berta");
        }
    }

    [Fact]
    public async Task Rooms_belong_to_room_operators_and_go_with_the_role()
    {
        await _accounts.AddFirstAsync();
        await _accounts.AddAsync("rosa", Role.RoomOperator, "R101");
        Assert.Equal(["R101"], Change("rosa", new OperatorChange(IsDisabled: true)).Rooms);
        Assert.Empty(Change("rosa", new OperatorChange(Role.Imager)).Rooms);
        Assert.Equal("rooms-rejected", CodeOf(() => Change("rosa", new OperatorChange(Rooms: ["R101"]))));
        Assert.Equal(["R102"], Change("rosa", new OperatorChange(Role.RoomOperator, ["R102"])).Rooms);
    }

    [Fact]
    public async Task A_room_that_is_renamed_or_removed_is_so_for_its_operators()
    {
        await _accounts.AddFirstAsync();
        await _accounts.AddAsync("rosa", Role.RoomOperator, "R101", "R102");
        await _accounts.AddAsync("rolf", Role.RoomOperator, "R103");
        var session = await _accounts.LoginAsync("rosa");
        _accounts.Store.Transact(() => Operators.RenameRoom("r101", "Lab"));
        Assert.Equal(["R102", "Lab"], _accounts.CallerOf(session).Rooms);
        _accounts.Store.Transact(() => Operators.RenameRoom("LAB", null));
        Assert.False(_accounts.CallerOf(session).MayWorkIn("Lab"));
        Assert.True(_accounts.CallerOf(session).MayWorkIn("r102"));
        Assert.Equal(["R103"], Operators.Get("rolf").Rooms);
    }

    [Fact]
    public async Task A_token_acts_as_its_account_until_it_is_deleted()
    {
        await _accounts.AddFirstAsync();
        await _accounts.AddAsync("script", Role.Imager);
        var token = _accounts.Tokens.Add("operator:anna", "script", "nightly-2");
        Assert.StartsWith("osdt_", token, StringComparison.Ordinal);
        Assert.Equal(("script", Role.Imager), (_accounts.CallerOf(token).Name, _accounts.CallerOf(token).Role));
        _accounts.Restart();
        _accounts.Clock.Pass(TimeSpan.FromDays(400));
        Change("script", new OperatorChange(Role.Viewer));
        Assert.Equal(Role.Viewer, _accounts.CallerOf(token).Role);
        Change("script", new OperatorChange(IsDisabled: true));
        Assert.Null(_accounts.Authenticator.Authenticate(token));
        Change("script", new OperatorChange(IsDisabled: false));
        Assert.Equal("token-missing", CodeOf(() => _accounts.Tokens.Delete("operator:anna", "script", "nightly")));
        _accounts.Tokens.Delete("operator:anna", "script", "nightly-2");
        Assert.Null(_accounts.Authenticator.Authenticate(token));
        Assert.Empty(Operators.Get("script").Tokens);
    }

    [Fact]
    public async Task A_token_dies_with_its_account_and_a_new_account_of_that_name_does_not_revive_it()
    {
        await _accounts.AddFirstAsync();
        await _accounts.AddAsync("script", Role.Imager);
        var (token, session) = (_accounts.Tokens.Add("operator:anna", "script", "x"), await _accounts.LoginAsync("script"));
        Operators.Delete("operator:anna", "script");
        Assert.Null(_accounts.Authenticator.Authenticate(token));
        await _accounts.AddAsync("script", Role.Imager);
        Assert.Null(_accounts.Authenticator.Authenticate(token));
        Assert.Null(_accounts.Authenticator.Authenticate(session));
    }

    [Fact]
    public async Task Tokens_have_names_of_their_own_and_are_not_too_many()
    {
        await _accounts.AddFirstAsync();
        foreach (var name in new[] { "", "a b", "a/b", "ä", "a\n", new string('a', 33) })
        {
            Assert.Equal("token-name-rejected", CodeOf(() => _accounts.Tokens.Add("operator:anna", "anna", name)));
        }

        for (var i = 0; i < 20; i++)
        {
            _accounts.Tokens.Add("operator:anna", "anna", $"t{i}");
        }

        Assert.Equal("token-exists", CodeOf(() => _accounts.Tokens.Add("operator:anna", "anna", "t7")));
        Assert.Equal("too-many-tokens", CodeOf(() => _accounts.Tokens.Add("operator:anna", "anna", "t20")));
        Assert.Equal("operator-missing", CodeOf(() => _accounts.Tokens.Add("operator:anna", "nobody1", "t")));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_leaves_sessions_and_the_log_alone()
    {
        await _accounts.AddFirstAsync();
        var session = await _accounts.LoginAsync();
        var lines = _accounts.Audit.Page(null, 100).Lines.Count;
        Change("anna", new OperatorChange(Role.Admin, [], false));
        Assert.NotNull(_accounts.Authenticator.Authenticate(session));
        Assert.Equal(lines, _accounts.Audit.Page(null, 100).Lines.Count);
    }

    private static string CodeOf(Action work) => Assert.Throws<UserErrorException>(work).Code;

    private static async Task<string> CodeOfAsync(Func<Task> work) => (await Assert.ThrowsAsync<UserErrorException>(work)).Code;

    private static string? Try(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (UserErrorException e)
        {
            return e.Code;
        }
    }

    private static async Task<string?> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (UserErrorException e)
        {
            return e.Code;
        }
    }

    private Operator Change(string name, OperatorChange change) => Operators.Change("operator:anna", name, change);
}
