using System.Text.RegularExpressions;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>A screen without what is different each time.</summary>
internal static partial class Masked
{
    /// <param name="other">Each match becomes one sign.</param>
    public static string Of(string screen, string? other = null)
    {
        var shown = FreeRoom().Replace(screen, " # GiB ");
        return other is null ? shown : Regex.Replace(shown, other, "#");
    }

    // Of the disk the test runs on.
    [GeneratedRegex(" +[0-9.]+ [MGT]iB (?=free|frei|libres)")]
    private static partial Regex FreeRoom();
}
