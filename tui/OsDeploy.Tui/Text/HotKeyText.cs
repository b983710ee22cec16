using System.Text;

namespace OsDeploy.Tui.Text;

/// <summary>A text whose underscore stands before its hot key. An underscore at the end, or before a blank or another one, is just that.</summary>
internal static class HotKeyText
{
    public static Rune Specifier { get; } = new('_');

    public static int IndexIn(string text) => IndexIn(text, Specifier);

    /// <returns>-1: there is none.</returns>
    public static int IndexIn(string text, Rune specifier)
    {
        var at = text.IndexOf(specifier.ToString(), StringComparison.Ordinal);
        return at >= 0 && at < text.Length - 1 && char.IsLetterOrDigit(text[at + 1]) ? at : -1;
    }

    public static string Plain(string text) => Plain(text, Specifier);

    public static string Plain(string text, Rune specifier)
    {
        var at = IndexIn(text, specifier);
        return at < 0 ? text : text.Remove(at, 1);
    }

    /// <summary>Null: none.</summary>
    public static char? KeyOf(string text, Rune specifier)
    {
        var at = IndexIn(text, specifier);
        return at < 0 ? null : char.ToLowerInvariant(text[at + 1]);
    }
}
