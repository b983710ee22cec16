using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Accounts;

internal sealed class UserKeyAddVerb : ServerVerb
{
    private readonly Argument<string> _user = new("USER") { Description = "Account that the key logs in to." };
    private readonly Argument<string> _key = new("NAME") { Description = "Name of the key: whose or where it is." };
    private readonly Argument<string> _file = new("FILE") { Description = "File with the public key, such as ~/.ssh/id_ed25519.pub; - reads what comes through a pipe." };

    public UserKeyAddVerb(Session session)
        : base(session, "add", "Let whoever has the private key log in over SSH.", "user key add anna annas-laptop id_ed25519.pub") => Asks(_user, _key, _file);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var line = (await InputFile.ReadTextAsync(Terminal, parsed.GetRequiredValue(_file), cancel)).Trim();
        var key = new NewOperatorKey(parsed.GetRequiredValue(_key), line);
        var changed = await server.CallAsync(AccountApi.AddKey, key, cancel, parsed.GetRequiredValue(_user));
        Print(parsed, changed.Keys ?? [], CliJson.Default.IReadOnlyListOperatorKey, writer => AccountText.WriteKeys(writer, changed.Keys ?? []));
        return ExitCode.Done;
    }
}
