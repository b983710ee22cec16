using System.Runtime.CompilerServices;
using Xunit;

namespace OsDeploy.Tui.Tests;

/// <summary>Screens as text beside the test that shows them. <c>UPDATE_GOLDEN=1</c> writes them anew.</summary>
internal static class Golden
{
    public static void Check(string screen, string name, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, $"{name}.golden.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, screen);
        }

        Assert.True(File.Exists(path), $"{path} is missing; the screen is:\n{screen}");
        Assert.Equal(File.ReadAllText(path), screen);
    }
}
