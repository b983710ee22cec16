using System.Globalization;

namespace OsDeploy.Screens.Words;

/// <summary>A language the screens speak. Each thread of work has its own, as .NET keeps it; what starts later inherits it.</summary>
/// <param name="Code">As <c>--language</c> takes it.</param>
/// <param name="Name">In the language itself.</param>
internal sealed record Language(string Code, string Name)
{
    public static Language English { get; } = new("en", "English");

    public static Language German { get; } = new("de", "Deutsch");

    public static Language French { get; } = new("fr", "Français");

    public static IReadOnlyList<Language> All { get; } = [English, German, French];

    /// <summary>What is on the screen must be written anew.</summary>
    public static event EventHandler? Changed;

    public static Language Current => Find(CultureInfo.CurrentUICulture.Name) ?? English;

    /// <param name="text">A code, or a locale as POSIX writes it: <c>de_AT.UTF-8</c>.</param>
    /// <returns>Null: it is none of ours.</returns>
    public static Language? Find(string? text)
    {
        var code = (text ?? "").Split('_', '-', '.', '@')[0];
        return All.FirstOrDefault(language => string.Equals(language.Code, code, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The first of these that says something decides: the option, LC_ALL, LC_MESSAGES, LANG (POSIX, XBD 8.2).</summary>
    /// <param name="variable">Value of an environment variable.</param>
    public static Language Choose(string? option, Func<string, string?> variable) =>
        Find(new[] { option, variable("LC_ALL"), variable("LC_MESSAGES"), variable("LANG") }.FirstOrDefault(text => !string.IsNullOrEmpty(text))) ?? English;

    /// <summary>Called on the thread that draws.</summary>
    public static void Use(Language language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language.Code);
        Changed?.Invoke(null, EventArgs.Empty);
    }

    /// <summary>A sentence with its values in it.</summary>
    public static string Fill(string sentence, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, sentence, values);

    /// <summary>The form for a number (Unicode CLDR, plural rules): French counts nothing as one.</summary>
    public static string Count(long number, string one, string other) =>
        Fill(number == 1 || (number == 0 && Current == French) ? one : other, number);
}
