using OsDeploy.Text;

namespace OsDeploy.Server.Agents;

/// <summary>Every sentence with which agents are refused.</summary>
internal static class AgentErrors
{
    public static UserErrorException Unknown() => new(
        "agent-unknown", "The appliance does not know this agent.", "It says hello again by itself; if it does not, restart the computer.");

    public static UserErrorException Malformed(string what) => new(
        "request-malformed", $"The appliance did not understand the agent: {what}.", "Bring the agent and the appliance to the same version of osdeploy.");

    public static UserErrorException LabNotAllowed() => new(
        "lab-not-allowed",
        "A computer made of files said hello from another machine.",
        "Lab hosts work only with an appliance on the same machine.");

    public static UserErrorException TooManyHellos() => new(
        "hello-too-often", "Too many computers said hello within a minute.", "It tries again by itself.");

    public static UserErrorException RestoreNotOpen() => new(
        "restore-not-open",
        "This computer is not restored without somebody who logs in.",
        "Log in with an account, or allow it for its configuration: `osdeploy config set NAME --open-restore yes`.");

    public static UserErrorException NobodyToPair(string host) => new(
        "pairing-nobody",
        $"No computer that says it is {Printable.Of(host)} waits to be compared.",
        "Switch it on, or wait until four words stand on its screen.");

    public static UserErrorException OtherWords(string host) => new(
        "pairing-words",
        $"These are not the words of a computer that says it is {Printable.Of(host)}.",
        "Read them on the screen of that computer once more. If they still differ, it is not the one that the appliance talks to: start nothing on it.");

    public static UserErrorException NoJob() => new(
        "not-allowed", "This computer has no job that needs the store.", "Start a job for it on the appliance.");

    public static UserErrorException OtherImage() => new(
        "not-allowed", "This computer's job is about another image or version.", "Look at `osdeploy job show` on the appliance.");
}
