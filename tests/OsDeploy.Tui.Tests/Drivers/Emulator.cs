using System.Drawing;
using System.Globalization;
using System.Text;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Text;

namespace OsDeploy.Tui.Tests.Drivers;

/// <summary>
/// A terminal as strict as none is: whatever a painter has no need of is a failure. In the last column it waits with the wrap (xenl),
/// as every terminal meant here does.
/// </summary>
internal sealed class Emulator(int columns, int rows)
{
    private readonly Place[] _places = [.. Enumerable.Repeat(Place.Empty, columns * rows)];
    private Place _pen = Place.Empty;
    private int _column;
    private int _row;
    private bool _isWrapPending;

    public int Columns => columns;

    public int Rows => rows;

    /// <summary>Terminals that erase with the colour that is set, and those that do not.</summary>
    public bool ErasesWithColor { get; init; }

    /// <summary>Some programs for serial lines add a carriage return to a line feed.</summary>
    public bool ReturnsOnLineFeed { get; init; }

    public Point? Cursor => IsCursorShown ? new Point(_column, _row) : null;

    public bool IsCursorShown { get; private set; } = true;

    public Place this[int column, int row] => _places[(row * columns) + column];

    public string Text => string.Concat(Enumerable.Range(0, rows).Select(row =>
        string.Concat(Enumerable.Range(0, columns).Select(column => Glyph(this[column, row]))).TrimEnd() + "\n"));

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (bytes[0] == 0x1B)
            {
                bytes = bytes[Control(bytes)..];
            }
            else if (bytes[0] < ' ')
            {
                Move(bytes[0]);
                bytes = bytes[1..];
            }
            else
            {
                Assert(Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done, "not UTF-8");
                Print(rune);
                bytes = bytes[length..];
            }
        }
    }

    /// <summary>Something else wrote to the terminal.</summary>
    public void Scribble(Random random)
    {
        for (var count = 0; count < columns; count++)
        {
            _places[random.Next(_places.Length)] = new Place(new Rune('!'), random.Next(16), random.Next(16), TextStyle.Underline);
        }

        (_column, _row, _isWrapPending) = (random.Next(columns), random.Next(rows), false);
        _pen = _pen with { Foreground = random.Next(16), Background = random.Next(16), Style = TextStyle.Reverse };
        IsCursorShown = random.Next(2) == 0;
    }

    private static string Glyph(Place place) => place.Rune.Value == 0 ? "" : place.Rune.ToString();

    private static void Assert(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new InvalidOperationException($"The painter sent what it should not: {otherwise}");
        }
    }

    private void Move(byte control)
    {
        switch (control)
        {
            case (byte)'\r':
                _column = 0;
                break;
            case (byte)'\n':
                Assert(_row + 1 < rows, "a line feed that scrolls");
                _row++;
                _column = ReturnsOnLineFeed ? 0 : _column;
                break;
            case (byte)'\b':
                Assert(_column > 0 && !_isWrapPending, "a backspace from an edge");
                _column--;
                break;
            default:
                Assert(false, $"control {control}");
                break;
        }

        _isWrapPending = false;
    }

    private void Print(Rune rune)
    {
        var width = UnicodeWidth.Of(rune);
        Assert(!_isWrapPending, "a character beyond the last column");
        Assert(_column + width <= columns, "a wide character beyond the last column");
        Break(_column);
        Break(_column + width);
        _places[(_row * columns) + _column] = _pen with { Rune = rune };
        if (width == 2)
        {
            _places[(_row * columns) + _column + 1] = _pen with { Rune = default };
        }

        _column += width;
        if (_column == columns)
        {
            (_column, _isWrapPending) = (columns - 1, true);
        }
    }

    // A terminal does not keep half of a wide character.
    private void Break(int column)
    {
        if (column > 0 && column < columns && this[column, _row].Rune.Value == 0)
        {
            var at = (_row * columns) + column;
            _places[at] = _places[at] with { Rune = new Rune(' ') };
            _places[at - 1] = _places[at - 1] with { Rune = new Rune(' ') };
        }
    }

    private int Control(ReadOnlySpan<byte> bytes)
    {
        Assert(bytes.Length > 2 && bytes[1] == '[', "an escape that is no control sequence");
        var end = 2;
        while (end < bytes.Length && bytes[end] < '@')
        {
            end++;
        }

        Assert(end < bytes.Length, "half a control sequence");
        Run((char)bytes[end], Encoding.ASCII.GetString(bytes[2..end]));
        return end + 1;
    }

    private void Run(char letter, string parameters)
    {
        if (letter is 'h' or 'l')
        {
            Assert(parameters == "?25", $"mode {parameters}");
            IsCursorShown = letter == 'h';
            return;
        }

        var numbers = parameters.Split(';').Select(text => text.Length == 0 ? 0 : int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var count = Math.Max(numbers[0], 1);
        if (letter == 'm')
        {
            Array.ForEach(numbers, Look);
            return;
        }

        Assert(!_isWrapPending || letter == 'H', $"{letter} with a wrap pending: terminals do not agree");
        _isWrapPending = false;
        (_column, _row) = letter switch
        {
            'H' => (numbers.Length > 1 ? Math.Max(numbers[1], 1) - 1 : 0, count - 1),
            'C' => (_column + count, _row),
            'D' => (_column - count, _row),
            'J' or 'K' => (_column, _row),
            _ => throw new InvalidOperationException($"The painter sent {parameters}{letter}"),
        };
        Assert(_column >= 0 && _column < columns && _row >= 0 && _row < rows, "a move out of the screen");
        if (letter is 'J' or 'K')
        {
            Assert(letter == 'K' ? parameters.Length == 0 : parameters == "2", $"erase {parameters}{letter}");
            Erase(letter == 'K' ? (_row * columns) + _column : 0, letter == 'K' ? (_row + 1) * columns : _places.Length);
        }
    }

    private void Erase(int from, int to)
    {
        Break(from % columns);
        _places.AsSpan(from..to).Fill(Place.Empty with { Background = ErasesWithColor ? _pen.Background : Place.Own });
    }

    private void Look(int code)
    {
        _pen = code switch
        {
            0 => Place.Empty,
            1 => _pen with { Style = _pen.Style | TextStyle.Bold },
            2 => _pen with { Style = _pen.Style | TextStyle.Faint },
            4 => _pen with { Style = _pen.Style | TextStyle.Underline },
            7 => _pen with { Style = _pen.Style | TextStyle.Reverse },
            >= 30 and <= 37 => _pen with { Foreground = code - 30 },
            39 => _pen with { Foreground = Place.Own },
            >= 40 and <= 47 => _pen with { Background = code - 40 },
            49 => _pen with { Background = Place.Own },
            >= 90 and <= 97 => _pen with { Foreground = code - 90 + 8 },
            >= 100 and <= 107 => _pen with { Background = code - 100 + 8 },
            _ => throw new InvalidOperationException($"The painter sent look {code}"),
        };
    }

    /// <param name="Rune">0 in the second column of a wide character.</param>
    /// <param name="Foreground">As the terminals count: 1 is red, bright ones from 8.</param>
    internal readonly record struct Place(Rune Rune, int Foreground, int Background, TextStyle Style)
    {
        /// <summary>The terminal's own colour.</summary>
        public const int Own = -1;

        public static Place Empty { get; } = new(new Rune(' '), Own, Own, TextStyle.None);
    }
}
