namespace OsDeploy.Tui.Configuration;

/// <summary>The look of every application of this process. A terminal without colours has its own.</summary>
public static class ThemeManager
{
    internal const string Default = "Default";
    internal const string HighContrast = "High Contrast";

    /// <summary>Unknown names are the default.</summary>
    public static string Theme { get; set; } = Default;

    public static IReadOnlyList<string> GetThemeNames() => [Default, HighContrast];
}
