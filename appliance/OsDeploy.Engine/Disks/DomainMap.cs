using System.Globalization;
using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>
/// A partition's used blocks as partclone writes them (<c>-D</c>): a ddrescue domain file of lines "position size status",
/// where + is used and ? is free.
/// </summary>
/// <param name="End">Where the map ends; a file system may be smaller than its partition.</param>
internal sealed record DomainMap(RangeSet Used, long End)
{
    /// <exception cref="FormatException">Not such a file, or runs out of order.</exception>
    public static DomainMap Parse(TextReader text)
    {
        var used = new List<ByteRange>();
        var end = 0L;
        var isPastStatusLine = false;
        while (text.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!isPastStatusLine)
            {
                Require(fields is [_, "?"], line); // "current_pos current_status"
                isPastStatusLine = true;
                continue;
            }

            Require(fields is [_, _, "+" or "?"], line);
            var (position, length) = (Number(fields[0], line), Number(fields[1], line));
            Require(position == end && length > 0 && length <= long.MaxValue - position, line);
            end = position + length;
            if (fields[2] == "+")
            {
                used.Add(new(position, length));
            }
        }

        Require(end > 0, "no runs");
        return new(RangeSet.Of(used), end);
    }

    private static long Number(string field, string line)
    {
        var isNumber = long.TryParse(field.AsSpan(Math.Min(2, field.Length)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number);
        Require(isNumber && number >= 0 && field.StartsWith("0x", StringComparison.Ordinal), line);
        return number;
    }

    private static void Require(bool holds, string line)
    {
        if (!holds)
        {
            throw new FormatException("The map of used blocks is damaged at: " + Text.Printable.Of(line, 60));
        }
    }
}
