using System.Reflection;
using OsDeploy.Screens.Console.Shell;

namespace OsDeploy.Screens.Console.About;

/// <summary>Which osdeploy this is, and what it does.</summary>
internal static class AboutScreen
{
    private static string Program => "osdeploy " + (Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0");

    public static FactScreen Of(Workplace at) => new(at, Words.About.Title, Words.About.Help, now => AboutFacts.Of(now, Program), Words.About.Text);
}
