using System.Globalization;
using System.Text;

namespace OsDeploy.Api.Accounts;

/// <summary>
/// What a password must be: long and not the first guess. No rules about kinds of characters (NIST SP 800-63B section 3.1.1.2).
/// It is compared byte by byte; without ICU nothing here could bring two ways to write an umlaut to one.
/// </summary>
public static class PasswordRules
{
    public const int MinLength = 10;
    public const int MaxLength = 128;

    private const int MinDifferent = 4;
    private const int MinBesideName = 8;
    private const string Ascending = "01234567890123456789";
    private const string Descending = "98765432109876543210";

    // Guessed first, also with digits and signs around them.
    private static readonly HashSet<string> s_obvious =
    [
        "password", "passwort", "kennwort", "geheim", "secret", "administrator", "admin", "osdeploy", "letmein", "changeme", "welcome",
        "willkommen", "schule", "school", "computer", "qwertyuiop", "qwertzuiop", "qwerty", "qwertz", "asdfghjkl", "abcdefghij", "iloveyou",
    ];

    /// <exception cref="UserErrorException"><c>password-rejected</c></exception>
    public static void Check(string password, OperatorName account)
    {
        if (FaultOf(password, account) is { } fault)
        {
            throw AccountRuleErrors.PasswordRejected(fault);
        }
    }

    /// <returns>What is wrong with it, as part of a sentence; null: nothing.</returns>
    public static string? FaultOf(string password, OperatorName account)
    {
        var length = password.EnumerateRunes().Count();
        var lower = password.ToLowerInvariant();
        var beside = account.ToString() is { Length: > 2 } name ? lower.Replace(name, "", StringComparison.Ordinal) : lower;
        var word = lower.Trim([.. lower.Where(letter => !char.IsLetter(letter)).Distinct()]);
        return length switch
        {
            < MinLength => string.Create(CultureInfo.InvariantCulture, $"it has {length} characters, and {MinLength} are the least"),
            > MaxLength => string.Create(CultureInfo.InvariantCulture, $"it has {length} characters, and {MaxLength} are the most"),
            _ when password.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) => "it has characters that are no text",
            _ when password.EnumerateRunes().Distinct().Count() < MinDifferent => "it repeats the same few characters",
            _ when beside.Length < MinBesideName => "it is little more than the account's name",
            _ when s_obvious.Contains(word) => "it is one of the first that anyone would try",
            _ when Ascending.Contains(lower, StringComparison.Ordinal) || Descending.Contains(lower, StringComparison.Ordinal) => "it only counts",
            _ => null,
        };
    }
}
