using OsDeploy.Api.Appliance;
using OsDeploy.SystemImages;

namespace OsDeploy.Helper.Systems;

/// <summary>The system this program runs in, by the kernel's command line.</summary>
/// <param name="Folder">Of <c>osdeploy</c> on the medium or in the place; null: it was not started from either.</param>
/// <param name="Slot">Place on a disk; null: it runs from a medium.</param>
internal sealed record RunningSystem(string? Folder, string? Slot, IReadOnlyDictionary<string, string> Words)
{
    private const string CommandLinePath = "/proc/cmdline";
    private const int MostLetters = 8;

    public SystemPlace Place => Folder is null ? SystemPlace.Other : Slot is null ? SystemPlace.Medium : SystemPlace.Disk;

    public static RunningSystem OfThis() => Of(File.ReadAllText(CommandLinePath));

    internal static RunningSystem Of(string commandLine)
    {
        var words = commandLine.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var folder = Value("live-media-path=" + SystemFiles.Folder + "/");
        return new RunningSystem(
            folder is not null && folder.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? folder : null,
            Value("osdeploy.slot=") is { } slot && SystemDisk.IsSlot(slot) ? slot : null,
            new Dictionary<string, string> { [GrubEnvironment.LanguageName] = Plain("osdeploy.language="), [GrubEnvironment.KeyboardName] = Plain("osdeploy.keyboard=") });

        string? Value(string start) => words.LastOrDefault(word => word.StartsWith(start, StringComparison.Ordinal) && word.Length > start.Length)?[start.Length..];

        string Plain(string start) => Value(start) is { Length: <= MostLetters } value && value.All(char.IsAsciiLetterLower) ? value : "";
    }
}
