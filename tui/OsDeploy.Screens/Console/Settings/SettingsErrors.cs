using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>What keeps a setting from being made.</summary>
internal static class SettingsErrors
{
    public static UserErrorException FileUnwritable(string path, Exception cause) => new(
        "file-unwritable",
        $"{Printable.Of(path)} cannot be written: {Printable.Of(cause.Message).TrimEnd('.')}.",
        "Name a file in a folder that is there and that the console may write in, such as a mounted USB disk.",
        cause);
}
