namespace OsDeploy.Api;

/// <summary>Names of the API as people type and read them: <c>RoomOperator</c> is <c>room-operator</c>.</summary>
public static class ApiWord
{
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return string.Concat(name.Select((letter, i) =>
            i > 0 && char.IsAsciiLetterUpper(letter) && char.IsAsciiLetterLower(name[i - 1]) ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
    }

    /// <summary>In either case, with or without dashes.</summary>
    public static bool TryParse<T>(string text, out T value)
        where T : struct, Enum
    {
        var plain = text.Replace("-", "", StringComparison.Ordinal);
        value = default;
        return plain.Length > 0 && char.IsAsciiLetter(plain[0]) && !plain.Contains(',', StringComparison.Ordinal) && Enum.TryParse(plain, ignoreCase: true, out value);
    }
}
