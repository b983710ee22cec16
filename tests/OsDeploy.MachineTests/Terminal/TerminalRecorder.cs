using System.Buffers;
using System.Globalization;
using System.Text;
using OsDeploy.Tui.Text;

namespace OsDeploy.MachineTests.Terminal;

/// <summary>
/// What a terminal would show, and what no terminal should have been sent. A frame that was on its way when the size changed may go over
/// the edge, as on every terminal.
/// </summary>
internal sealed class TerminalRecorder
{
    // No sequence of ours is as long.
    private const int Longest = 64;

    private readonly HashSet<string> _foreign = [];
    private readonly HashSet<string> _modes = ["?25", "?7"];
    private readonly List<byte> _rest = [];
    private Rune[] _places = [];
    private int _columns;
    private int _rows;
    private int _column;
    private int _row;

    public TerminalRecorder(int columns, int rows) => Resize(columns, rows);

    /// <summary>What is not ours, each once, with its escapes spelled out.</summary>
    public IReadOnlyCollection<string> Foreign => _foreign;

    /// <summary>Those that are switched on.</summary>
    public IReadOnlySet<string> Modes => _modes;

    public long Bytes { get; private set; }

    /// <summary>How often the whole screen was painted anew.</summary>
    public int Clears { get; private set; }

    public string Text => string.Join('\n', Enumerable.Range(0, _rows).Select(Row));

    public string Row(int row)
    {
        var line = new StringBuilder(_columns);
        foreach (var rune in _places.AsSpan(row * _columns, _columns))
        {
            line.Append(rune.Value == 0 ? "" : rune.ToString());
        }

        return line.ToString().TrimEnd();
    }

    public void Resize(int columns, int rows)
    {
        (_columns, _rows) = (columns, rows);
        _places = new Rune[columns * rows];
        _places.AsSpan().Fill(new Rune(' '));
        Place(_column, _row);
    }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        _rest.AddRange(bytes);
        byte[] all = [.. _rest];
        var done = 0;
        while (done < all.Length && Take(all.AsSpan(done)) is var length and > 0)
        {
            done += length;
        }

        _rest.RemoveRange(0, done);
    }

    /// <returns>0: the rest of it is still to come.</returns>
    private int Take(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] == 0x1B)
        {
            return Sequence(bytes);
        }

        switch (Rune.DecodeFromUtf8(bytes, out var rune, out var length))
        {
            case OperationStatus.NeedMoreData when bytes.Length < 4:
                return 0;
            case OperationStatus.Done:
                Write(rune);
                return length;
            default:
                _foreign.Add($"byte {bytes[0]:x2}");
                return 1;
        }
    }

    private int Sequence(ReadOnlySpan<byte> bytes)
    {
        var end = 1;
        if (bytes.Length > 1 && bytes[1] == '[')
        {
            end = 2;
        }

        while (end < bytes.Length && bytes[end] is >= (byte)' ' and < (byte)'@' && end < Longest)
        {
            end++;
        }

        if (end == bytes.Length)
        {
            return 0;
        }

        var sequence = Encoding.Latin1.GetString(bytes[..(end + 1)]);
        if (OwnSequences.Include(sequence))
        {
            Run(sequence);
        }
        else
        {
            _foreign.Add(sequence.Replace("\e", "ESC ", StringComparison.Ordinal));
        }

        return end + 1;
    }

    private void Run(string sequence)
    {
        if (sequence[1] != '[')
        {
            return;
        }

        var parameters = sequence[2..^1];
        switch (sequence[^1])
        {
            case 'h':
                _modes.Add(parameters);
                break;
            case 'l':
                _modes.Remove(parameters);
                break;
            case 'J':
                Clears++;
                _places.AsSpan().Fill(new Rune(' '));
                break;
            case 'K':
                _places.AsSpan((_row * _columns) + _column, _columns - _column).Fill(new Rune(' '));
                break;
            case 'H' or 'C' or 'D':
                Go(sequence[^1], [.. parameters.Split(';').Select(text => Math.Max(text.Length == 0 ? 1 : int.Parse(text, CultureInfo.InvariantCulture), 1))]);
                break;
        }
    }

    private void Go(char letter, int[] numbers)
    {
        var (column, row) = letter switch
        {
            'C' => (_column + numbers[0], _row),
            'D' => (_column - numbers[0], _row),
            _ => (numbers.Length > 1 ? numbers[1] - 1 : 0, numbers[0] - 1),
        };
        Place(column, row);
    }

    private void Place(int column, int row) => (_column, _row) = (Math.Clamp(column, 0, _columns - 1), Math.Clamp(row, 0, _rows - 1));

    private void Write(Rune rune)
    {
        if (!OwnSequences.Include(rune))
        {
            _foreign.Add($"U+{rune.Value:X4}");
            return;
        }

        switch (rune.Value)
        {
            case '\r':
                Place(0, _row);
                break;
            case '\n':
                Place(_column, _row + 1);
                break;
            case '\b':
                Place(_column - 1, _row);
                break;
            case '\x0f':
                break;
            default:
                Print(rune);
                break;
        }
    }

    private void Print(Rune rune)
    {
        var width = UnicodeWidth.Of(rune);
        var at = (_row * _columns) + _column;
        _places[at] = rune;
        if (width == 2 && _column + 1 < _columns)
        {
            _places[at + 1] = default;
        }

        // In the last column the cursor waits; our painter never counts on where.
        Place(_column + width, _row);
    }
}
