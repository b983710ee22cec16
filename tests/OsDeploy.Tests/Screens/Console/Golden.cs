using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>Screens as text beside the test that shows them. <c>UPDATE_GOLDEN=1</c> writes them anew.</summary>
internal static partial class Golden
{
    /// <param name="other">What is different each time: each match becomes one sign.</param>
    public static void Check(string screen, string name, string? other = null, [CallerFilePath] string test = "")
    {
        var shown = FreeRoom().Replace(screen, " # GiB ");
        shown = other is null ? shown : Regex.Replace(shown, other, "#");
        var path = Path.Combine(Path.GetDirectoryName(test)!, $"{name}.golden.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, shown);
        }

        Assert.True(File.Exists(path), $"{path} is missing; the screen is:\n{shown}");
        Assert.Equal(File.ReadAllText(path), shown);
    }

    // Of the disk the test runs on.
    [GeneratedRegex(" +[0-9.]+ [MGT]iB (?=free|frei|libres)")]
    private static partial Regex FreeRoom();
}
