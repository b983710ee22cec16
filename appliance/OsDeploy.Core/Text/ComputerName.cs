using System.Diagnostics.CodeAnalysis;

namespace OsDeploy.Text;

/// <summary>
/// Name of a host that Windows and DNS both take: 1 to 15 of <c>A-Z a-z 0-9 -</c>, no dash at either end, not only digits
/// (Microsoft, "Naming conventions in Active Directory"; RFC 1123 section 2.1). Compared without case.
/// </summary>
public readonly record struct ComputerName : IComparable<ComputerName>
{
    public const int MaxLength = 15;

    private readonly string? _text;

    private ComputerName(string text) => _text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out ComputerName name)
    {
        var fits = text is { Length: > 0 and <= MaxLength } && text[0] != '-' && text[^1] != '-'
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') && !text.All(char.IsAsciiDigit);
        name = fits ? new ComputerName(text!) : default;
        return fits;
    }

    /// <exception cref="UserErrorException"><c>computer-name</c></exception>
    public static ComputerName Parse(string? text) => TryParse(text, out var name) ? name : throw Errors.ComputerName(text);

    public bool Equals(ComputerName other) => string.Equals(_text, other._text, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(_text ?? "");

    public int CompareTo(ComputerName other) => string.Compare(_text, other._text, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => _text ?? "";

    public static bool operator <(ComputerName left, ComputerName right) => left.CompareTo(right) < 0;

    public static bool operator <=(ComputerName left, ComputerName right) => left.CompareTo(right) <= 0;

    public static bool operator >(ComputerName left, ComputerName right) => left.CompareTo(right) > 0;

    public static bool operator >=(ComputerName left, ComputerName right) => left.CompareTo(right) >= 0;
}
