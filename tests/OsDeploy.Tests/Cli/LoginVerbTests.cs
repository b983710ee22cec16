using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Cli.Login;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class LoginVerbTests
{
    private static readonly Operator s_anna = new("anna", Role.Imager, [], IsDisabled: false, [], null);

    [Fact]
    public async Task A_first_meeting_compares_four_words_and_then_logs_in()
    {
        using var certificate = NewCertificate();
        await using var server = await StartAsync(certificate);
        var terminal = server.Answering("yes\nanna\nsecret word\n");

        Assert.Equal(0, await terminal.RunAsync($"login {server.Url}"));

        Assert.Contains(ServerKey.Of(certificate).Words, terminal.Talk, StringComparison.Ordinal);
        Assert.Contains("The console of the appliance shows the same four words? [yes/no]", terminal.Talk, StringComparison.Ordinal);
        Assert.Equal(new LoginRequest("anna", "secret word"), server.BodyOf(AccountApi.Login));
        Assert.Matches("^Logged in at https://127.0.0.1:[0-9]+ as anna \\(imager\\), until ", terminal.Output);
        Assert.Equal(new SavedLogin(server.Url, ServerKey.Of(certificate).ToString(), "new-token", "anna"), server.Logins.Current);
    }

    [Theory]
    [InlineData("no\nanna\nword\n")]
    [InlineData("y\nanna\nword\n")]
    [InlineData("")]
    public async Task Whoever_does_not_see_the_same_words_sends_nothing(string answers)
    {
        using var certificate = NewCertificate();
        await using var server = await StartAsync(certificate);
        var terminal = server.Answering(answers);

        Assert.Equal(1, await terminal.RunAsync($"login {server.Url}"));

        Assert.Contains("[server-not-confirmed]", terminal.Talk, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.Null(server.Logins.Current);
    }

    [Fact]
    public async Task A_script_names_the_fingerprint()
    {
        using var certificate = NewCertificate();
        await using var server = await StartAsync(certificate);
        var password = server.Folder["password"];
        await File.WriteAllTextAsync(password, "secret word\nand a remark\n", TestContext.Current.CancellationToken);

        var without = await server.RunAsync($"login {server.Url} --user anna --password-file {password}", 2);
        Assert.Contains("--pin", without.Talk, StringComparison.Ordinal);
        Assert.Empty(server.Requests);

        var with = await server.RunAsync($"login {server.Url} --user anna --password-file {password} --pin {ServerKey.Of(certificate)} --json");
        using var json = JsonDocument.Parse(with.Output);
        Assert.Equal("anna", json.RootElement.GetProperty("operator").GetProperty("name").GetString());
        Assert.DoesNotContain("new-token", with.Output, StringComparison.Ordinal);
        Assert.Equal(new LoginRequest("anna", "secret word"), server.BodyOf(AccountApi.Login));
    }

    [Fact]
    public async Task A_server_without_the_pinned_key_hears_no_password()
    {
        using var certificate = NewCertificate();
        await using var server = await StartAsync(certificate);

        var terminal = await server.RunAsync($"login {server.Url} --pin {new string('a', 64)}", 1, "anna\nword\n");

        Assert.Contains("[store-not-trusted]", terminal.Talk, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_key_that_changed_is_refused_until_the_new_one_is_named()
    {
        using var certificate = NewCertificate();
        await using var server = await StartAsync(certificate);
        server.Logins.Save(new SavedLogin(server.Url, new string('a', 64), "old-token", "anna"));

        var changed = await server.RunAsync($"login {server.Url}", 1, "yes\nanna\nword\n");
        Assert.Contains("[server-key-changed]", changed.Talk, StringComparison.Ordinal);
        Assert.Contains(ServerKey.Of(certificate).Words, changed.Talk, StringComparison.Ordinal);
        Assert.Empty(server.Requests);

        await server.RunAsync($"login {server.Url} --pin {ServerKey.Of(certificate)}", 0, "anna\nword\n");
        Assert.Equal("new-token", server.Logins.Current?.Token);
    }

    [Fact]
    public async Task A_known_key_is_not_asked_for_again()
    {
        using var certificate = NewCertificate();
        await using var server = await StartAsync(certificate);
        server.Logins.Save(new SavedLogin(server.Url, ServerKey.Of(certificate).ToString(), "old-token", "anna"));

        var terminal = await server.RunAsync($"login {server.Url} --user anna", 0, "word\n");

        Assert.DoesNotContain("four words", terminal.Talk, StringComparison.Ordinal);
        Assert.Equal("new-token", server.Logins.Current?.Token);
    }

    [Fact]
    public async Task A_wrong_password_saves_no_login()
    {
        await using var server = await CannedServer.StartAsync();
        server.Refuse(AccountApi.Login, 401, "login-failed", "The name or the password is wrong.");

        var terminal = await server.RunAsync($"login {server.Url}", 1, "anna\nword\n");

        Assert.Contains("The name or the password is wrong.   [login-failed]", terminal.Talk, StringComparison.Ordinal);
        Assert.Equal("token-of-anna", server.Logins.Current?.Token);
    }

    [Fact]
    public async Task Who_tries_too_often_reads_so()
    {
        await using var server = await CannedServer.StartAsync();
        server.Refuse(AccountApi.Login, 429, "login-too-often", "Wait 4 seconds.");

        var terminal = await server.RunAsync($"login {server.Url}", 1, "anna\nword\n");

        Assert.Contains("Wait 4 seconds.   [login-too-often]", terminal.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_named()
    {
        using var folder = new TemporaryFolder();
        var terminal = TestTerminal.Answering("anna\nword\n", new Logins(folder["logins.json"]));

        Assert.Equal(1, await terminal.RunAsync($"login unix:{folder["none.sock"]}"));

        Assert.Contains($"The appliance at unix:{folder["none.sock"]} does not answer", terminal.Talk, StringComparison.Ordinal);
        Assert.Contains("[server-unreachable]", terminal.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_without_a_login_says_where_to_log_in()
    {
        using var folder = new TemporaryFolder();
        var terminal = TestTerminal.Piped(new Logins(folder["logins.json"]));

        Assert.Equal(1, await terminal.RunAsync("host list --server school-server"));

        Assert.Contains("[not-logged-in]", terminal.Talk, StringComparison.Ordinal);
        Assert.Contains("`osdeploy login https://school-server:7443`", terminal.Talk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host list")]
    [InlineData("image list")]
    public async Task A_session_that_has_ended_says_where_to_log_in(string commandLine)
    {
        await using var server = await CannedServer.StartAsync();
        server.Refuse(HostApi.List, 401, "not-logged-in").Refuse(StoreApi.ListVersions, 401, "not-logged-in");

        var terminal = await server.RunAsync(commandLine, 1);

        Assert.Contains($"`osdeploy login {server.Url}`", terminal.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_goes_with_every_question()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HostApi.ListRooms, []);

        await server.RunAsync("room list");

        Assert.Equal("token-of-anna", Assert.Single(server.Requests).Token);
    }

    [Theory]
    [InlineData(204, "logged-out")]
    [InlineData(401, "logged-out")]
    public async Task A_logout_forgets_the_token_even_of_a_session_that_has_ended(int status, string done)
    {
        await using var server = await CannedServer.StartAsync();
        _ = status == 204 ? server.On(AccountApi.Logout, default(Nothing)) : server.Refuse(AccountApi.Logout, status, "not-logged-in");

        var terminal = await server.RunAsync("logout --json");

        Assert.Contains($"\"done\": \"{done}\"", terminal.Output, StringComparison.Ordinal);
        Assert.Null(server.Logins.Current);
    }

    private static async Task<CannedServer> StartAsync(X509Certificate2 certificate)
    {
        var server = await CannedServer.StartAsync(certificate);
        return server.On(AccountApi.Login, new LoginAnswer("new-token", s_anna, Samples.Day));
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=osdeploy", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
    }
}
