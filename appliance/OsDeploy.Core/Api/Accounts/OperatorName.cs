using System.Diagnostics.CodeAnalysis;

namespace OsDeploy.Api.Accounts;

/// <summary>
/// Name of an account: 1 to 32 of <c>a-z 0-9 . _ -</c>, beginning with a letter. Operators become users of the system under it, so
/// names the system has already are not to be had.
/// </summary>
public readonly record struct OperatorName
{
    public const int MaxLength = 32;

    // Debian's base-passwd (passwd.master), and the users of the programs the appliance runs.
    private static readonly HashSet<string> s_taken =
    [
        "root", "daemon", "bin", "sys", "sync", "games", "man", "lp", "mail", "news", "uucp", "proxy", "www-data", "backup", "list", "irc",
        "nobody", "sshd", "dnsmasq", "messagebus", "osdeploy",
    ];

    private readonly string? _text;

    private OperatorName(string text) => _text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out OperatorName name)
    {
        var fits = HasGrammar(text) && !IsTaken(text);
        name = fits ? new OperatorName(text!) : default;
        return fits;
    }

    /// <exception cref="UserErrorException"><c>operator-name-rejected</c></exception>
    public static OperatorName Parse(string? text) =>
        TryParse(text, out var name) ? name : throw (HasGrammar(text) ? AccountRuleErrors.OperatorNameTaken(text) : AccountRuleErrors.OperatorNameRejected(text));

    public override string ToString() => _text ?? "";

    private static bool HasGrammar([NotNullWhen(true)] string? text) => text is { Length: > 0 and <= MaxLength } && char.IsAsciiLetterLower(text[0])
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '_' or '-');

    private static bool IsTaken(string text) => s_taken.Contains(text) || text.StartsWith("systemd-", StringComparison.Ordinal);
}
