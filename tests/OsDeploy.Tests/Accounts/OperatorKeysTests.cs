using OsDeploy.Api.Accounts;
using Xunit;

namespace OsDeploy.Tests.Accounts;

public sealed class OperatorKeysTests : IDisposable
{
    private const string Admin = "operator:anna";

    private readonly TestAccounts _accounts = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _accounts.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("ed25519", "256", "ssh-ed25519")]
    [InlineData("ecdsa", "256", "ecdsa-sha2-nistp256")]
    [InlineData("ecdsa", "521", "ecdsa-sha2-nistp521")]
    [InlineData("rsa", "3072", "ssh-rsa")]
    public async Task A_key_that_ssh_keygen_made_is_taken_without_its_remark(string kind, string bits, string type)
    {
        await _accounts.AddFirstAsync();
        var line = await MakeAsync("key", kind, bits);

        var key = Assert.Single((await _accounts.Keys.AddAsync(Admin, "anna", new NewOperatorKey("laptop", line), Cancel)).Keys!);

        Assert.Equal(("laptop", type), (key.Name, key.Type));
        Assert.Equal(await FingerprintAsync("key"), key.Fingerprint);
        Assert.Equal(string.Join(' ', line.Split(' ')[..2]), _accounts.Operators.Table.Find("anna")!.Keys![0].Line);
        Assert.Contains(key.Fingerprint, _accounts.Audit.Page(null, 1).Lines[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_not_one_plain_key_is_rejected()
    {
        await _accounts.AddFirstAsync();
        var good = (await MakeAsync("good", "ed25519", "256")).Trim();
        var words = good.Split(' ');
        var other = (await MakeAsync("other", "ecdsa", "256")).Split(' ');
        string[] bad =
        [
            "", " ", good + "\n" + good, "\n" + good, " " + good, "command=\"sh\" " + good, "no-pty " + good, "# " + good, "cert-authority " + good, words[0], words[1],
            $"{words[0]}  {words[1]}", $"{words[0]}\t{words[1]}", $"{words[0]} {words[1][..^4]}", $"{words[0]} {words[1]}AAAA", $"{other[0]} {words[1]}", $"{words[0]} {other[1]}", $"ssh-dss {words[1]}",
            $"ssh-ed25519-cert-v01@openssh.com {words[1]}", good + "\u001b[2J", good + " B\u00fcro", good + new string('x', 9000), await MakeAsync("short", "rsa", "2048"),
            await File.ReadAllTextAsync(_folder["good"], Cancel),
        ];

        foreach (var line in bad)
        {
            var error = await Assert.ThrowsAsync<UserErrorException>(() => _accounts.Keys.AddAsync(Admin, "anna", new NewOperatorKey("laptop", line), Cancel));
            Assert.True(error.Code == "key-rejected", $"{line}: {error.Code}");
        }

        Assert.Empty(_accounts.Operators.Get("anna").Keys!);
    }

    [Fact]
    public async Task A_key_is_one_person_s_and_has_a_name_of_its_own()
    {
        await _accounts.AddFirstAsync();
        await _accounts.AddAsync("tom", Role.Viewer);
        var (one, two) = (await MakeAsync("one", "ed25519", "256"), await MakeAsync("two", "ed25519", "256"));
        await AddAsync("anna", "laptop", one);

        Assert.Equal("key-exists", await CodeOfAsync("anna", "laptop", two));
        Assert.Equal("key-exists", await CodeOfAsync("anna", "desk", one));
        Assert.Equal("key-exists", await CodeOfAsync("tom", "laptop", one));
        Assert.Equal("key-name-rejected", await CodeOfAsync("tom", "a/b", two));
        Assert.Equal("operator-missing", await CodeOfAsync("nobody-here", "laptop", two));

        _accounts.Keys.Delete(Admin, "anna", "laptop");
        await AddAsync("tom", "laptop", one);
        Assert.Empty(_accounts.Operators.Get("anna").Keys!);
        Assert.Equal("key-missing", Assert.Throws<UserErrorException>(() => _accounts.Keys.Delete(Admin, "anna", "laptop")).Code);
    }

    [Fact]
    public async Task Keys_and_numbers_outlive_a_restart_and_do_not_end_a_session()
    {
        await _accounts.AddFirstAsync();
        var session = await _accounts.LoginAsync();
        await AddAsync("anna", "laptop", await MakeAsync("one", "ed25519", "256"));
        _accounts.Uids.Complete();

        _accounts.Restart();

        Assert.Equal("anna", _accounts.CallerOf(session).Name);
        Assert.Equal("laptop", Assert.Single(_accounts.Operators.Get("anna").Keys!).Name);
        Assert.NotNull(_accounts.Operators.Table.Find("anna")!.Uid);
    }

    private Task<Operator> AddAsync(string account, string name, string line) => _accounts.Keys.AddAsync(Admin, account, new NewOperatorKey(name, line), Cancel);

    private async Task<string> CodeOfAsync(string account, string name, string line) =>
        (await Assert.ThrowsAsync<UserErrorException>(() => AddAsync(account, name, line))).Code;

    private async Task<string> MakeAsync(string name, string kind, string bits)
    {
        await new Command("ssh-keygen", "-q", "-t", kind, "-b", bits, "-N", "", "-C", "anna@laptop, her own", "-f", _folder[name]).RunAsync(Cancel);
        return await File.ReadAllTextAsync(_folder[name] + ".pub", Cancel);
    }

    private async Task<string> FingerprintAsync(string name) => (await new Command("ssh-keygen", "-l", "-f", _folder[name] + ".pub").RunAsync(Cancel)).Output.Split(' ')[1];
}
