using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts;

/// <summary>How the hosts of a room are named: text with one run of <c>#</c> where the number goes. Every name it makes is one Windows takes.</summary>
internal readonly record struct NamePattern
{
    private const int UsualDigits = 2;
    private const int MaxDigits = 6;

    private readonly string? _before;
    private readonly string? _after;
    private readonly int _digits;

    private NamePattern(string before, int digits, string after) => (_before, _digits, _after) = (before, digits, after);

    public static bool TryParse([NotNullWhen(true)] string? text, out NamePattern pattern)
    {
        pattern = default;
        var first = text?.IndexOf('#', StringComparison.Ordinal) ?? -1;
        if (first < 0)
        {
            return false;
        }

        var after = text![first..].TrimStart('#');
        var parsed = new NamePattern(text[..first], text.Length - first - after.Length, after);
        var fits = parsed._digits <= MaxDigits && ComputerName.TryParse(parsed.TextOf(1), out _);
        pattern = fits ? parsed : default;
        return fits;
    }

    /// <summary>For a room without a pattern: its name as far as Windows takes it, a dash and two digits.</summary>
    public static NamePattern OfRoom(string room)
    {
        var letters = string.Concat(room.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
        var before = letters[..Math.Min(letters.Length, ComputerName.MaxLength - UsualDigits - 1)].TrimEnd('-');
        return new NamePattern((before.Length == 0 ? "pc" : before) + "-", UsualDigits, "");
    }

    /// <summary>Names in the order of their numbers, from 1, as long as there are some. Numbers above the digits get longer if the name may.</summary>
    public IEnumerable<ComputerName> Names()
    {
        for (var number = 1; ComputerName.TryParse(TextOf(number), out var name); number++)
        {
            yield return name;
        }
    }

    public override string ToString() => _before + new string('#', _digits) + _after;

    private string TextOf(int number) => _before + number.ToString(CultureInfo.InvariantCulture).PadLeft(_digits, '0') + _after;
}
