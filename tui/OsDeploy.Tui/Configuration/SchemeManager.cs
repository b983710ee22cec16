using OsDeploy.Tui.Drawing;

namespace OsDeploy.Tui.Configuration;

/// <summary>The looks that views name.</summary>
public static class SchemeManager
{
    internal const string Base = "Base";
    internal const string Dialog = "Dialog";
    internal const string Menu = "Menu";
    internal const string Error = "Error";

    /// <summary>As a terminal with colours shows it; an unknown name is the base.</summary>
    public static Scheme GetScheme(string schemeName) => Schemes.Colored.GetValueOrDefault(schemeName) ?? Schemes.Colored[Base];
}
