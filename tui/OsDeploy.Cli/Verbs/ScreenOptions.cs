using System.CommandLine;
using OsDeploy.Tui.App;
using OsDeploy.Tui.Configuration;

namespace OsDeploy.Cli.Verbs;

/// <summary>What the full-screen verbs have in common.</summary>
internal static class ScreenOptions
{
    public static Option<string?> Language()
    {
        var option = new Option<string?>("--language") { Description = "Language of the screens: en, de or fr. Default: that of this terminal.", HelpName = "LANGUAGE" };
        option.AcceptOnlyFromAmong([.. Screens.Words.Language.All.Select(language => language.Code)]);
        return option;
    }

    /// <summary>Takes the terminal.</summary>
    /// <exception cref="UserErrorException"><c>no-terminal</c></exception>
    public static IApplication Open(bool highContrast)
    {
        ThemeManager.Theme = highContrast ? "High Contrast" : "Default";
        try
        {
            return Application.Create().Init();
        }
        catch (NotSupportedException e)
        {
            throw Errors.NoTerminal(e);
        }
    }

    public static Option<bool> HighContrast() => new("--high-contrast") { Description = "White and yellow on black, nothing faint." };
}
