using OsDeploy.Text;

namespace OsDeploy.Screens.Session;

/// <summary>Every sentence about the connection to the appliance.</summary>
internal static class SessionErrors
{
    public static UserErrorException Unreachable(string address, Exception cause) => new(
        "appliance-unreachable",
        $"The appliance at {Printable.Of(address)} does not answer.",
        "Nothing you typed is lost. Look whether it is on and the cable is in; the screen connects again by itself.",
        cause);

    public static UserErrorException LoggedOut() => new(
        "logged-out", "Nobody is logged in any more.", "Log in again; what you typed is still there.");

    public static UserErrorException FilesElsewhere() => new(
        "files-elsewhere",
        "This console came over SSH and knows no files: those of the appliance are not for it, and yours are on your own computer.",
        "Run the same as a command on your own computer after `osdeploy login APPLIANCE`: `osdeploy host export`, `osdeploy backup`, `osdeploy addition add`.");
}
