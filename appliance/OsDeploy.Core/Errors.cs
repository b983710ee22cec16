using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy;

/// <summary>Every sentence of Core that an operator can read.</summary>
internal static class Errors
{
    public static UserErrorException MemorySuspect() => new(
        "memory-suspect",
        "A chunk was not the same after compressing and decompressing it.",
        "This computer's memory or processor makes mistakes: run memtest86+ before you trust it with an image.");

    public static UserErrorException ImageName(string? text) => new(
        "image-name",
        $"\"{Printable.Of(text)}\" cannot be the name of an image.",
        "Use 1 to 64 letters, digits, dots, dashes and underscores, and start with a letter or digit.");

    public static UserErrorException WriteFailed(string path, IOException cause) => IsNoSpace(cause)
        ? new("disk-full",
            $"There is no room left to write {Printable.Of(path)}.",
            "Free some room (`osdeploy image prune --store ...` shows what can go) and run the same command again; what was stored is reused.",
            cause)
        : new("disk-write-failed",
            $"Writing {Printable.Of(path)} failed: {Printable.Of(cause.Message)}.",
            "Do not trust this disk: check its cable and its SMART values (`smartctl -a`), then run the same command again.",
            cause);

    public static UserErrorException ToolMissing(string program) => new(
        "tool-missing",
        $"The program {program} is not installed.",
        "Install it with your package manager; `osdeploy doctor` names the Debian package of each tool that is missing.");

    public static UserErrorException ToolNotStarted(string program, Exception cause) => new(
        "tool-not-started",
        $"The program {program} could not be started: {Printable.Of(cause.Message)}.",
        "Run `osdeploy doctor` to see which tools work.",
        cause);

    public static UserErrorException ToolFailed(string program, IReadOnlyList<string> arguments, CommandResult result) => new(
        "tool-failed",
        string.Create(CultureInfo.InvariantCulture, $"{program} failed with code {result.ExitCode}: {Printable.Of(LastWords(result))}"),
        $"Run it by hand to see all it says: {Printable.Of(program + " " + string.Join(' ', arguments))}");

    public static UserErrorException ToolHung(string program, IReadOnlyList<string> arguments, TimeSpan deadline) => new(
        "tool-hung",
        $"{program} did not end within {Sizes.Of(deadline)} and was stopped.",
        $"Look at the disk's health, then run it by hand: {Printable.Of(program + " " + string.Join(' ', arguments))}");

    private static bool IsNoSpace(Exception cause) =>
        cause is Mono.Unix.UnixIOException { ErrorCode: Mono.Unix.Native.Errno.ENOSPC or Mono.Unix.Native.Errno.EDQUOT }
        || (cause.HResult & 0xFFFF) == 28; // ENOSPC, as .NET reports it for its own calls

    private static string LastWords(CommandResult result) =>
        (result.ErrorOutput + "\n" + result.Output)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .TakeLast(3) is var lines ? string.Join(" / ", lines) : "";
}
