namespace OsDeploy.Api.Personal;

/// <summary>What every template can say of the school.</summary>
/// <param name="Name">Up to 64 characters; null: not said.</param>
/// <param name="Language">As Windows names it, <c>de-DE</c>; null: not said.</param>
public sealed record School(string? Name = null, string? Language = null)
{
    public const int MaxName = 64;

    /// <summary>Language, perhaps script, and country: <c>de-DE</c>, <c>sr-Latn-RS</c> (RFC 5646).</summary>
    public static bool IsLanguage(string text) => text.Split('-') is [var language, .. var middle, var country]
        && language.Length is 2 or 3 && language.All(char.IsAsciiLetterLower)
        && country.Length == 2 && country.All(char.IsAsciiLetterUpper)
        && middle is [] or [{ Length: 4 }] && middle.All(script => char.IsAsciiLetterUpper(script[0]) && script.Skip(1).All(char.IsAsciiLetterLower));
}
