using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Storage.Documents;

/// <summary>Every sentence about the appliance's own data that an operator can read.</summary>
internal static class DataErrors
{
    public static UserErrorException InUse(string path, Exception? cause = null) => new(
        "data-in-use",
        $"The database {Printable.Of(path)} is in use by another program.",
        "Stop the other osdeploy server, or close the program that has the file open (`fuser -v FILE` names it), then start again.",
        cause);

    public static UserErrorException TooNew(string path, long version, int known) => new(
        "data-too-new",
        string.Create(CultureInfo.InvariantCulture, $"The database {Printable.Of(path)} has version {version}; this osdeploy knows versions up to {known}."),
        "Start the osdeploy that wrote it or a newer one, or go back to a backup that was made before the update.");

    public static UserErrorException Damaged(string path, string why, Exception? cause = null) => new(
        "data-damaged",
        $"The database {Printable.Of(path)} is damaged: {Printable.Of(why)}.",
        "Stop osdeploy and run `osdeployd --recover`, which takes the newest good copy of the last seven nights and keeps this file; or start with no such file and restore a backup.",
        cause);

    public static UserErrorException NotOpened(string path, string why, Exception? cause = null) => new(
        "data-not-opened",
        $"The database {Printable.Of(path)} cannot be opened: {Printable.Of(why)}.",
        "Check that its folder exists, lies on a local disk and belongs to this user.",
        cause);
}
