using System.Globalization;
using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Console;

/// <summary>A file on the computer of the console, written as its user: never over one that is there.</summary>
internal static class NewFile
{
    /// <param name="kind">Of what: it stands in the proposed name.</param>
    /// <param name="now">It makes the proposed name a new one.</param>
    public static TextEntry Entry(string kind, string extension, DateTimeOffset now)
    {
        var proposal = string.Create(CultureInfo.InvariantCulture, $"/var/backups/osdeploy-{kind}{now.UtcDateTime:yyyyMMdd-HHmm}.{extension}");
        return new TextEntry("file", Words.Settings.BackupFile, proposal) { IsRequired = true, MaxLength = 500, Rule = Check, Help = Words.Settings.BackupFileHelp };
    }

    private static string? Check(string path) => !Path.IsPathFullyQualified(path) ? Words.Settings.BackupAbsolute : Path.Exists(path) ? Words.Settings.BackupExists : null;
}
