using System.Drawing;
using System.Text;

namespace OsDeploy.Tui.Views;

/// <summary>A text that is edited. Places in it are a line (Y) and how many characters stand before in it (X), both from 0.</summary>
internal sealed class TextLines
{
    private readonly List<string> _lines = [""];
    private string? _whole = "";

    public int Count => _lines.Count;

    public Point End => new(LengthOf(Count - 1), Count - 1);

    /// <summary>In UTF-16 units, line ends included.</summary>
    public int Length { get; private set; }

    /// <summary>Line ends are <c>\n</c>, whatever they were.</summary>
    public string Whole
    {
        get => _whole ??= string.Join('\n', _lines);
        set
        {
            _whole = value.ReplaceLineEndings("\n");
            Length = _whole.Length;
            _lines.Clear();
            _lines.AddRange(_whole.Split('\n'));
        }
    }

    public string this[int line] => _lines[line];

    public int LengthOf(int line) => CountRunes(_lines[line]);

    public Point Clamp(Point place)
    {
        var line = Math.Clamp(place.Y, 0, Count - 1);
        return new Point(Math.Clamp(place.X, 0, LengthOf(line)), line);
    }

    /// <returns>The place behind it.</returns>
    public Point Insert(Point at, string text)
    {
        var (before, after) = Split(at);
        var added = text.ReplaceLineEndings("\n").Split('\n');
        var end = added.Length == 1
            ? at with { X = at.X + CountRunes(added[0]) }
            : new Point(CountRunes(added[^1]), at.Y + added.Length - 1);
        added[0] = before + added[0];
        added[^1] += after;
        _lines.RemoveAt(at.Y);
        _lines.InsertRange(at.Y, added);
        Changed();
        return end;
    }

    public void Remove(Point from, Point to)
    {
        var (before, after) = (Split(from).Before, Split(to).After);
        _lines.RemoveRange(from.Y, to.Y - from.Y + 1);
        _lines.Insert(from.Y, before + after);
        Changed();
    }

    /// <summary>The place before, at the end of the line above if there is nothing before in its own.</summary>
    public Point Before(Point place) =>
        place.X > 0 ? place with { X = place.X - 1 } : place.Y > 0 ? new Point(LengthOf(place.Y - 1), place.Y - 1) : place;

    public Point After(Point place) =>
        place.X < LengthOf(place.Y) ? place with { X = place.X + 1 } : place.Y + 1 < Count ? new Point(0, place.Y + 1) : place;

    public Point WordBefore(Point place)
    {
        var (at, runes) = (Before(place), Runes(Before(place).Y));
        if (at.Y < place.Y)
        {
            return at;
        }

        while (at.X > 0 && !Rune.IsLetterOrDigit(runes[at.X]))
        {
            at.X--;
        }

        while (at.X > 0 && Rune.IsLetterOrDigit(runes[at.X - 1]))
        {
            at.X--;
        }

        return at;
    }

    public Point WordAfter(Point place)
    {
        var runes = Runes(place.Y);
        if (place.X == runes.Length)
        {
            return After(place);
        }

        var at = place;
        while (at.X < runes.Length && Rune.IsLetterOrDigit(runes[at.X]))
        {
            at.X++;
        }

        while (at.X < runes.Length && !Rune.IsLetterOrDigit(runes[at.X]))
        {
            at.X++;
        }

        return at;
    }

    private static int CountRunes(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private Rune[] Runes(int line) => [.. _lines[line].EnumerateRunes()];

    private (string Before, string After) Split(Point at)
    {
        var index = 0;
        foreach (var rune in _lines[at.Y].EnumerateRunes().Take(at.X))
        {
            index += rune.Utf16SequenceLength;
        }

        return (_lines[at.Y][..index], _lines[at.Y][index..]);
    }

    private void Changed()
    {
        _whole = null;
        Length = _lines.Sum(line => line.Length + 1) - 1;
    }
}
