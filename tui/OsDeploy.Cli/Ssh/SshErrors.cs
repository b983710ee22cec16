using OsDeploy.Text;

namespace OsDeploy.Cli.Ssh;

/// <summary>Every sentence that somebody reads who came to the appliance by SSH.</summary>
internal static class SshErrors
{
    public static UserErrorException CommandRefused(string why) => new(
        "usage-ssh-command",
        $"The appliance does not take this command: {Printable.Of(why)}.",
        "Send words with blanks between them, and put single quotes around one that holds anything else.");

    public static UserErrorException NotOurs(string? program) => new(
        "usage-ssh-program",
        $"\"{Printable.Of(program, 40)}\" cannot be run here: the appliance has no shell and takes no files over SSH.",
        "Log in without a command for the console, or send an osdeploy command: `ssh NAME@APPLIANCE osdeploy status`.");

    public static UserErrorException VerbRefused(string verb) => new(
        "usage-ssh-verb",
        $"`{Printable.Of(verb, 80)}` is not for SSH: only what asks the appliance is, not what works on disks or files of the computer it runs on.",
        "Run it on your own computer after `osdeploy login APPLIANCE`; `ssh NAME@APPLIANCE osdeploy --help` shows all verbs.");

    public static UserErrorException OptionRefused(string option) => new(
        "usage-ssh-option",
        $"{Printable.Of(option, 40)} is not for SSH: it names a file or another computer.",
        "Leave it out. Where the help says that - reads what comes through a pipe, - may be said in place of a file.");

    public static UserErrorException NobodyVouches(UserErrorException cause) => new(
        "ssh-not-an-operator",
        $"The appliance does not know this user as one of its operators: {Printable.Of(cause.Message)}",
        "Ask an administrator whether the account is there and enabled: `osdeploy user list`.",
        cause);

    public static UserErrorException Arguments() => new(
        "usage-ssh-login",
        "This is the login of the appliance, and takes a command with -c or nothing.",
        "Log in with `ssh NAME@APPLIANCE`.");
}
