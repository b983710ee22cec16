using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Cli.Login;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Configurations;

internal sealed class ConfigAdminPasswordVerb : ServerVerb
{
    private readonly Argument<string> _configuration = new("NAME") { Description = "Name of the configuration." };
    private readonly Option<string?> _file = VerbOptions.Text("--password-file", "File whose first line is the password; else it is asked for.", "FILE");
    private readonly Option<bool> _delete = VerbOptions.Flag("--delete", "Take away the one it has.");

    public ConfigAdminPasswordVerb(Session session)
        : base(
            session,
            "admin-password",
            "Set the password that restored Windows systems give their local administrator. It is never shown again.",
            "config admin-password win11",
            "config admin-password win11 --delete")
    {
        Asks(_configuration, _file, _delete);
        Validators.Add(result =>
        {
            if (result.GetValue(_delete) && result.GetResult(_file) is not null)
            {
                result.AddError("--password-file and --delete exclude each other.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var (name, isGone) = (parsed.GetRequiredValue(_configuration), parsed.GetValue(_delete));
        var password = isGone ? "" : await Passwords.AskNewAsync(Terminal, parsed.GetValue(_file), cancel);
        await server.CallAsync(ConfigurationApi.Change, new ConfigurationChange(AdminPassword: password), cancel, name);
        return isGone
            ? Say(parsed, "admin-password-deleted", $"Systems of {Printable.Of(name)} keep the administrator's password that their image has.", name)
            : Say(parsed, "admin-password-set", $"Set the administrator's password of {Printable.Of(name)}; it holds from the next restore on.", name);
    }
}
