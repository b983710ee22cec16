using OsDeploy.Tui.Configuration;

namespace OsDeploy.Tui.Drawing;

/// <summary>The three sets of looks. Every pair of colours is readable on the VGA console's sixteen.</summary>
internal static class Schemes
{
    public static Dictionary<string, Scheme> Colored { get; } = new()
    {
        [SchemeManager.Base] = Of(Color.Gray, Color.Blue, hot: Color.BrightYellow, faint: Color.DarkGray),
        [SchemeManager.Dialog] = Of(Color.Black, Color.Gray, hot: Color.Red, faint: Color.DarkGray),
        [SchemeManager.Menu] = Of(Color.Black, Color.Cyan, hot: Color.Red, faint: Color.DarkGray),
        [SchemeManager.Error] = Of(Color.White, Color.Red, hot: Color.BrightYellow, faint: Color.Gray),
    };

    /// <summary>White and yellow on black, nothing faint.</summary>
    public static Dictionary<string, Scheme> HighContrast { get; } = new()
    {
        [SchemeManager.Base] = Of(Color.White, Color.Black, hot: Color.BrightYellow, faint: Color.Gray),
        [SchemeManager.Dialog] = Of(Color.White, Color.Black, hot: Color.BrightYellow, faint: Color.Gray),
        [SchemeManager.Menu] = Of(Color.White, Color.Black, hot: Color.BrightYellow, faint: Color.Gray),
        [SchemeManager.Error] = Of(Color.BrightYellow, Color.Black, hot: Color.White, faint: Color.Gray),
    };

    /// <summary>Attributes only: NO_COLOR and vt220.</summary>
    public static Dictionary<string, Scheme> Plain { get; } = new()
    {
        [SchemeManager.Base] = Plainly(TextStyle.None),
        [SchemeManager.Dialog] = Plainly(TextStyle.None),
        [SchemeManager.Menu] = Plainly(TextStyle.Reverse),
        [SchemeManager.Error] = Plainly(TextStyle.Bold),
    };

    private static Scheme Of(Color text, Color ground, Color hot, Color faint) => new()
    {
        Normal = new(text, ground),
        HotNormal = new(hot, ground),
        Focus = new(Color.Black, ground == Color.Gray ? Color.Cyan : Color.Gray),
        HotFocus = new(Color.Red, ground == Color.Gray ? Color.Cyan : Color.Gray),
        Active = new(ground, text),
        HotActive = new(ground, text),
        Highlight = new(Color.White, ground),
        Disabled = new(faint, ground),
        Editable = new(Color.Black, Color.Cyan),
        ReadOnly = new(text, ground),
    };

    private static Scheme Plainly(TextStyle ground) => new()
    {
        Normal = new(Color.None, Color.None, ground),
        HotNormal = new(Color.None, Color.None, ground | TextStyle.Underline | TextStyle.Bold),
        Focus = new(Color.None, Color.None, ground ^ TextStyle.Reverse),
        HotFocus = new(Color.None, Color.None, (ground ^ TextStyle.Reverse) | TextStyle.Underline),
        Active = new(Color.None, Color.None, ground | TextStyle.Bold),
        HotActive = new(Color.None, Color.None, ground | TextStyle.Bold | TextStyle.Underline),
        Highlight = new(Color.None, Color.None, ground | TextStyle.Bold),
        Disabled = new(Color.None, Color.None, ground | TextStyle.Faint),
        Editable = new(Color.None, Color.None, ground | TextStyle.Underline),
        ReadOnly = new(Color.None, Color.None, ground),
    };
}
