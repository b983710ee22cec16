using System.Globalization;

namespace OsDeploy.Text;

/// <summary>Limits in bytes a second as people type them: <c>30MB</c>, <c>500 kB/s</c>, <c>12MiB</c>, <c>0</c>.</summary>
public static class ByteRate
{
    public const string Syntax = "a number with kB, MB or GB, such as 30MB; 0: no limit";

    private static readonly (string Unit, long Bytes)[] s_units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("k", 1000), ("M", 1_000_000), ("G", 1_000_000_000), ("B", 1), ("", 1),
    ];

    /// <param name="text">In either case; a fraction has a dot.</param>
    public static bool TryParse(string text, out long bytesPerSecond)
    {
        var word = text.Trim();
        word = word.EndsWith("/s", StringComparison.OrdinalIgnoreCase) ? word[..^2].TrimEnd() : word;
        var digits = word.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.').Count();
        var unit = s_units.FirstOrDefault(one => string.Equals(one.Unit, word[digits..].Trim(), StringComparison.OrdinalIgnoreCase));
        bytesPerSecond = 0;
        if (unit.Unit is null || !decimal.TryParse(word[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue / unit.Bytes)
        {
            return false;
        }

        bytesPerSecond = (long)(number * unit.Bytes);
        return true;
    }

    /// <summary>The shortest word that says exactly this much: <c>30MB</c>, <c>1500kB</c>, <c>0</c>.</summary>
    public static string WordOf(long bytesPerSecond)
    {
        var (unit, bytes) = bytesPerSecond switch
        {
            0 => ("", 1L),
            _ when bytesPerSecond % 1_000_000_000 == 0 => ("GB", 1_000_000_000),
            _ when bytesPerSecond % 1_000_000 == 0 => ("MB", 1_000_000),
            _ when bytesPerSecond % 1000 == 0 => ("kB", 1000),
            _ => ("B", 1),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{bytesPerSecond / bytes}{unit}");
    }
}
