using OsDeploy.Text;

namespace OsDeploy.Personalisation;

/// <summary>What domains, their units and workgroups can be called. What is refused here would stop the set-up of Windows half way.</summary>
public static class JoinNames
{
    public const int MaxNetBios = 15;
    private const int MaxDns = 255;
    private const int MaxLabel = 63;
    private const int MaxUnit = 512;
    private const int MaxUnitName = 64;
    private const string NotInWorkgroups = "\"/\\[]:;|=,+*?<>";

    /// <summary>A DNS name (RFC 1123), or one of NetBIOS: 15 letters, digits, dashes and underscores.</summary>
    public static bool IsDomain(string text)
    {
        var labels = text.Split('.');
        return labels.Length == 1
            ? text.Length <= MaxNetBios && IsLabel(text, extra: '_') && !text.All(char.IsAsciiDigit)
            : text.Length <= MaxDns && labels.All(label => IsLabel(label, extra: '-')) && !labels[^1].All(char.IsAsciiDigit);
    }

    /// <summary>Letters and signs of ASCII that NetBIOS takes, 15 at most.</summary>
    public static bool IsWorkgroup(string text) =>
        text.Length is > 0 and <= MaxNetBios && text[0] != ' ' && text[^1] != ' ' && text.Any(char.IsAsciiLetterOrDigit)
        && text.All(letter => letter is >= ' ' and <= '~' && !NotInWorkgroups.Contains(letter, StringComparison.Ordinal));

    /// <summary>A distinguished name (RFC 4514) of an organisational unit: one <c>OU</c> or more, then the domain's <c>DC</c>s.</summary>
    public static bool IsUnit(string text)
    {
        if (text.Length > MaxUnit || Printable.Of(text, MaxUnit) != text)
        {
            return false;
        }

        var parts = Parts(text).ToList();
        var units = parts.TakeWhile(part => IsPart(part, "OU")).Count();
        return units > 0 && units < parts.Count && parts.Skip(units).All(part => IsPart(part, "DC"));
    }

    private static bool IsLabel(string label, char extra) =>
        label.Length is > 0 and <= MaxLabel && label[0] != '-' && label[^1] != '-'
        && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' || letter == extra);

    // A comma behind a backslash belongs to the name.
    private static IEnumerable<string> Parts(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static bool IsPart(string part, string type)
    {
        var (name, value) = part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (part[..at].Trim(), part[(at + 1)..]) : ("", "");
        return name.Equals(type, StringComparison.OrdinalIgnoreCase) && IsValue(value.TrimStart());
    }

    // RFC 4514 section 2.4: what must be escaped is, and what is escaped may be.
    private static bool IsValue(string value)
    {
        var count = 0;
        for (var i = 0; i < value.Length; i++, count++)
        {
            if (value[i] == '\\')
            {
                var isHex = i + 2 < value.Length && char.IsAsciiHexDigit(value[i + 1]) && char.IsAsciiHexDigit(value[i + 2]);
                if (!isHex && !(i + 1 < value.Length && " \"#+,;<=>\\".Contains(value[i + 1], StringComparison.Ordinal)))
                {
                    return false;
                }

                i += isHex ? 2 : 1;
            }
            else if ("\"+;<>".Contains(value[i], StringComparison.Ordinal) || (i == 0 && value[i] == '#') || (i == value.Length - 1 && value[i] == ' '))
            {
                return false;
            }
        }

        return count is > 0 and <= MaxUnitName;
    }
}
