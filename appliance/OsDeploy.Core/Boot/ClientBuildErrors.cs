using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Boot;

/// <summary>Every sentence about client builds that an operator can read.</summary>
internal static class ClientBuildErrors
{
    public static UserErrorException Missing(string folder, Exception cause) => new(
        "client-build-missing",
        $"There is no client build in {Printable.Of(folder)}: {Printable.Of(cause.Message)}",
        "Make one with `./build.sh client`, or choose another build.",
        cause);

    public static UserErrorException Format(string folder, int format) => new(
        "client-build-format",
        string.Create(CultureInfo.InvariantCulture, $"The client build {Printable.Of(folder)} has format {format}, which this osdeploy does not know."),
        "Use the osdeploy that made it or a newer one, or make a new build with `./build.sh client`.");

    public static UserErrorException Damaged(string folder, string why, Exception? cause = null) => new(
        "client-build-damaged",
        $"The client build {Printable.Of(folder)} is damaged: {Printable.Of(why)}.",
        "Choose another build, or make a new one with `./build.sh client`; no PC is started from this one.",
        cause);
}
