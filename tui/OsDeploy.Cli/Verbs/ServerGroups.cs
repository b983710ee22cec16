using OsDeploy.Cli.Verbs.Accounts;

namespace OsDeploy.Cli.Verbs;

/// <summary>Words that hold the verbs of an appliance.</summary>
internal static class ServerGroups
{
    public static IEnumerable<System.CommandLine.Command> All(Session session) =>
    [
        new LoginVerb(session),
        new LogoutVerb(session),
    ];
}
