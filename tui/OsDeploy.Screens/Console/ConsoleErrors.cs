using OsDeploy.Text;

namespace OsDeploy.Screens.Console;

/// <summary>Every sentence of the console's own that refuses something.</summary>
internal static class ConsoleErrors
{
    /// <param name="first">What was said about the first.</param>
    public static UserErrorException SomeFailed(IReadOnlyList<string> names, int all, UserErrorException first) => new(
        first.Code,
        $"{names.Count} of {all} were refused: {Printable.Of(string.Join(", ", names), 300)}. {first.Message}",
        first.Hint,
        first);

    /// <param name="what">Labels of what is different now.</param>
    public static UserErrorException ChangedMeanwhile(UserErrorException refusal, IReadOnlyList<string> what) => new(
        refusal.Code,
        refusal.Message + (what.Count > 0 ? $" Different now: {Printable.Of(string.Join(", ", what), 300)}." : ""),
        "What you typed is still here. Save again to keep your changes beside the other ones.",
        refusal);

    public static UserErrorException FileUnreadable(string path, Exception cause) => new(
        "console-file",
        $"{Printable.Of(path)} cannot be read: {Printable.Of(cause.Message)}",
        "Name a file of the computer that this console runs on, by its whole path.",
        cause);

    public static UserErrorException NothingToChange() => new(
        "nothing-to-change", "Nothing is different from what it was.", "Change something, or cancel.");

    public static UserErrorException NobodyMeant() => new(
        "nobody-meant", "No host is chosen.", "Put the cursor on a host, or choose several with the space bar.");

    public static UserErrorException NeverMet(string host) => new(
        "host-never-met", $"{Printable.Of(host)} was never seen: nobody knows its disks.", "Start the computer from the network once; then choose.");
}
