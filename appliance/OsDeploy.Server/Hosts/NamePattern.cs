using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts;

/// <summary>
/// How the hosts of a room are named: text with one run of <c>#</c> where the number goes, or with the numbers there are: <c>{01..30}</c>.
/// Every name it makes is one Windows takes.
/// </summary>
internal readonly record struct NamePattern
{
    private const int UsualDigits = 2;
    private const int MaxDigits = 6;

    private readonly string? _before;
    private readonly string? _after;
    private readonly int _digits;
    private readonly int _first;
    private readonly int? _last;

    private NamePattern(string before, int digits, string after, int first = 1, int? last = null) =>
        (_before, _digits, _after, _first, _last) = (before, digits, after, first, last);

    public static bool TryParse([NotNullWhen(true)] string? text, out NamePattern pattern)
    {
        var parsed = text is null ? null : OfRun(text) ?? OfRange(text);
        var fits = parsed is { } one && one._digits <= MaxDigits && ComputerName.TryParse(one.TextOf(one._first), out _) && ComputerName.TryParse(one.TextOf(one._last ?? one._first), out _);
        pattern = fits ? parsed!.Value : default;
        return fits;
    }

    /// <summary>For a room without a pattern: its name as far as Windows takes it, a dash and two digits.</summary>
    public static NamePattern OfRoom(string room)
    {
        var letters = string.Concat(room.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
        var before = letters[..Math.Min(letters.Length, ComputerName.MaxLength - UsualDigits - 1)].TrimEnd('-');
        return new NamePattern((before.Length == 0 ? "pc" : before) + "-", UsualDigits, "");
    }

    /// <summary>Names in the order of their numbers, from 1 or the first one, as long as there are some. Numbers above the digits get longer if the name may.</summary>
    public IEnumerable<ComputerName> Names()
    {
        for (var number = _first; number <= (_last ?? int.MaxValue) && ComputerName.TryParse(TextOf(number), out var name); number++)
        {
            yield return name;
        }
    }

    public override string ToString() => _before + (_last is { } last ? $"{{{Number(_first)}..{Number(last)}}}" : new string('#', _digits)) + _after;

    private static NamePattern? OfRun(string text)
    {
        var first = text.IndexOf('#', StringComparison.Ordinal);
        var after = first < 0 ? "" : text[first..].TrimStart('#');
        return first < 0 ? null : new NamePattern(text[..first], text.Length - first - after.Length, after);
    }

    // {1..30} counts without zeros before, {01..30} with them: then both are as long.
    private static NamePattern? OfRange(string text)
    {
        var (open, dots, close) = (text.IndexOf('{', StringComparison.Ordinal), text.IndexOf("..", StringComparison.Ordinal), text.IndexOf('}', StringComparison.Ordinal));
        if (open < 0 || dots < open || close < dots)
        {
            return null;
        }

        var (low, high) = (text[(open + 1)..dots], text[(dots + 2)..close]);
        var isPadded = low.StartsWith('0') && low.Length > 1;
        return low.Length <= MaxDigits && high.Length <= MaxDigits && (!isPadded || low.Length == high.Length)
            && int.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && int.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && first <= last
            ? new NamePattern(text[..open], isPadded ? low.Length : 1, text[(close + 1)..], first, last)
            : null;
    }

    private string Number(int number) => number.ToString(CultureInfo.InvariantCulture).PadLeft(_digits, '0');

    private string TextOf(int number) => _before + Number(number) + _after;
}
