using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Cli.Login;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Accounts;

internal sealed class LoginVerb : Verb
{
    private readonly Argument<string?> _address = new("ADDRESS")
    {
        Description = $"Name of the appliance, https://HOST[:PORT] or unix:/PATH. Default: ${ServerAddress.Variable}, else the socket of this computer's daemon.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _user = VerbOptions.Text("--user", "Name of your account.", "NAME");
    private readonly Option<string?> _passwordFile = VerbOptions.Text("--password-file", "File whose first line is the password; else it is asked for.", "FILE");
    private readonly Option<string?> _pin = VerbOptions.Text("--pin", "Fingerprint the appliance's key must have; else its four words are compared by you.", "FINGERPRINT");
    private readonly Option<bool> _json = VerbOptions.Json();

    public LoginVerb(Session session)
        : base(
            session,
            "login",
            "Log in at an appliance. The other verbs mean it from then on.",
            "login school-server",
            "login",
            "login https://10.0.0.2:7443 --user anna --pin 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08") =>
        Takes(_address, _user, _passwordFile, _pin, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var address = ServerAddress.Parse(parsed.GetValue(_address) ?? Session.Preset() ?? ServerAddress.Local.ToString());
        if (!Terminal.CanAsk && (parsed.GetValue(_user) is null || parsed.GetValue(_passwordFile) is null))
        {
            throw ServerErrors.UsagePasswordNeeded();
        }

        var key = await ServerTrust.FindKeyAsync(Session, address, parsed.GetValue(_pin), cancel);
        var request = await AskAsync(parsed, cancel);
        var login = await LogInAsync(address.ToString(), key, request, cancel);
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, login, CliJson.Default.LoggedIn);
        }
        else
        {
            await Terminal.Output.WriteLineAsync(LoginText.Of(login, Session.Clock));
        }

        return ExitCode.Done;
    }

    private async Task<LoginRequest> AskAsync(ParseResult parsed, CancellationToken cancel)
    {
        var name = parsed.GetValue(_user) ?? await Terminal.AskAsync("User name:", cancel);
        return new LoginRequest(name, await Passwords.AskAsync(Terminal, parsed.GetValue(_passwordFile), "Password:", cancel));
    }

    private async Task<LoggedIn> LogInAsync(string address, ServerKey? key, LoginRequest request, CancellationToken cancel)
    {
        using var server = new ServerConnection(address, () => new ApiClient(address, Session.Clock, new ConnectionOptions { ServerKey = key }.Once()));
        var answer = await server.CallAsync(AccountApi.Login, request, cancel);
        Session.Logins.Save(new SavedLogin(address, key?.ToString(), answer.Token, answer.Operator.Name));
        return new LoggedIn(address, key?.ToString(), answer.Operator, answer.EndsAt);
    }
}
