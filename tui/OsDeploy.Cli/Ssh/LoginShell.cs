using System.CommandLine;
using System.Net;
using Mono.Unix.Native;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Helper;
using OsDeploy.Cli.Login;
using OsDeploy.Cli.Verbs;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Words;

namespace OsDeploy.Cli.Ssh;

/// <summary>
/// What an operator who comes by SSH gets in place of a shell: this program under the name <c>osdeploy-login</c>. Without a command it is
/// the console, with one it is a verb of the list in <see cref="SshVerbs"/>, both as the operator whom the appliance's daemon knows by
/// the uid of this process. The session's token stays in this process.
/// </summary>
/// <param name="socket">Of the daemon: <c>unix:/PATH</c>.</param>
/// <param name="environment">As it came, before it was cleaned.</param>
internal sealed class LoginShell(Terminal terminal, TimeProvider clock, string socket, IReadOnlyDictionary<string, string> environment)
{
    private const string UsualSocket = "unix:/run/osdeploy/osdeployd.sock";

    /// <summary>By its name; and whoever is an operator gets nothing else, by whatever name.</summary>
    public static bool IsCalled() => IsCalled(File.ReadAllText("/proc/self/cmdline").Split('\0')[0], Syscall.getuid());

    /// <param name="name">The first word of the command line; sshd puts a dash before it.</param>
    public static bool IsCalled(string name, uint user) =>
        Path.GetFileName(name).TrimStart('-') == MirroredOperators.LoginProgram || MirroredOperators.IsUid(user);

    /// <summary>For this process, whose environment is cleaned.</summary>
    public static LoginShell OfProcess(Terminal terminal) => new(terminal, TimeProvider.System, UsualSocket, CleanEnvironment.Apply());

    /// <param name="arguments">Nothing, or <c>-c</c> and a command, as of any shell; or what sshd and PAM are told to call.</param>
    public Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        return Program.GuardAsync(SessionOf("", ""), ["(login)"], () => arguments switch
        {
            [] => OpenConsoleAsync(cancel),
            ["-c", var command] => RunCommandAsync(command, cancel),
            ["--keys", var name] => new SshChecks(terminal, clock, socket).PrintKeysAsync(name, cancel),
            ["--password"] => new SshChecks(terminal, clock, socket).CheckPasswordAsync(environment, cancel),
            _ => throw SshErrors.Arguments(),
        });
    }

    private async Task<ExitCode> OpenConsoleAsync(CancellationToken cancel)
    {
        var answer = await LogInAsync(cancel);
        Language.Use(Language.Choose(null, Environment.GetEnvironmentVariable));
        using var appliance = new ApplianceSession(socket, key: null, clock) { HasFiles = false };
        appliance.Resume(answer);
        try
        {
            ConsoleVerb.Run(SessionOf(answer.Token, answer.Operator.Name), appliance, highContrast: false);
        }
        finally
        {
            await appliance.LogoutAsync(CancellationToken.None);
        }

        return ExitCode.Done;
    }

    // What is wrong with the command is said before anybody is logged in for it.
    private async Task<ExitCode> RunCommandAsync(string line, CancellationToken cancel)
    {
        var words = CommandWords.Split(line);
        if (words is not ["osdeploy", ..])
        {
            throw SshErrors.NotOurs(words is [var program, ..] ? program : null);
        }

        var judged = Parse(SessionOf("", ""), words);
        SshVerbs.Require(judged);
        Program.RequireUnderstood(judged);
        var answer = await LogInAsync(cancel);
        var session = SessionOf(answer.Token, answer.Operator.Name);
        try
        {
            return await Program.InvokeAsync(session, Parse(session, words), cancel);
        }
        finally
        {
            await LogOutAsync(answer);
        }
    }

    /// <summary>As the command line does, but that no word is a file with more words, whatever it begins with.</summary>
    /// <param name="words">With <c>osdeploy</c>.</param>
    internal static ParseResult Parse(Session session, IReadOnlyList<string> words) =>
        new OsDeployCommand(session).Parse([.. words.Skip(1)], new ParserConfiguration { ResponseFileTokenReplacer = null });

    private Session SessionOf(string token, string name) => new(terminal, clock, Logins.InMemory(new SavedLogin(socket, Key: null, token, name)));

    private async Task<LoginAnswer> LogInAsync(CancellationToken cancel)
    {
        using var api = new ApiClient(socket, clock, new ConnectionOptions().Once());
        try
        {
            return await api.CallAsync(LocalApi.Login, new LocalLogin(From()), cancel);
        }
        catch (UserErrorException e) when (e.Code is "login-failed" or "route-missing")
        {
            throw SshErrors.NobodyVouches(e);
        }
        catch (UserErrorException e) when (e.Code == "store-unreachable")
        {
            throw ServerErrors.ServerUnreachable(socket, e.InnerException ?? e);
        }
    }

    private async Task LogOutAsync(LoginAnswer answer)
    {
        using var api = new ApiClient(socket, clock, new ConnectionOptions { Token = answer.Token }.Once());
        try
        {
            await api.CallAsync(AccountApi.Logout, CancellationToken.None);
        }
        catch (UserErrorException)
        {
            // It has ended already, or ends by itself in a quarter of an hour.
        }
    }

    // "CLIENT PORT SERVER PORT", as sshd sets it.
    private string? From() => environment.TryGetValue("SSH_CONNECTION", out var value) && IPAddress.TryParse(value.Split(' ')[0], out var from)
        ? from.ToString()
        : null;
}
