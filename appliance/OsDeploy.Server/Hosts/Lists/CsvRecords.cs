using System.Text;

namespace OsDeploy.Server.Hosts.Lists;

/// <param name="Line">Where it begins; 1 is the first line of the file.</param>
/// <param name="Fault">What is wrong with its quotes or length; null: nothing.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Cells, string? Fault = null);

/// <summary>
/// Comma-separated values (RFC 4180) with commas or semicolons, whichever the first line has more of. Lines end with LF, CR or both;
/// empty ones are skipped. Never fails: a record that is wrong says so.
/// </summary>
internal sealed class CsvRecords
{
    public const int MaxCells = 64;

    private readonly string _text;
    private readonly char _separator;
    private readonly List<string> _cells = [];
    private int _at;
    private int _line = 1;
    private string? _fault;

    private CsvRecords(string text) => (_text, _separator) = (text, SeparatorOf(text));

    public static IEnumerable<CsvRecord> Read(string text)
    {
        var reader = new CsvRecords(text);
        while (reader._at < text.Length)
        {
            if (reader.Next() is { } record)
            {
                yield return record;
            }
        }
    }

    private static char SeparatorOf(string text)
    {
        var (semicolons, commas, isQuoted) = (0, 0, false);
        foreach (var letter in text.TrimStart('\r', '\n').TakeWhile(letter => isQuoted || letter is not ('\r' or '\n')))
        {
            isQuoted ^= letter == '"';
            semicolons += !isQuoted && letter == ';' ? 1 : 0;
            commas += !isQuoted && letter == ',' ? 1 : 0;
        }

        return commas > semicolons ? ',' : ';';
    }

    private CsvRecord? Next()
    {
        var line = _line;
        _cells.Clear();
        _fault = null;
        do
        {
            var cell = IsAt('"') ? Quoted() : Plain();
            if (_cells.Count < MaxCells)
            {
                _cells.Add(cell);
            }
            else
            {
                _fault ??= "the line has more than 64 values";
            }
        }
        while (TryTake(_separator));

        TakeLineEnd();
        return _fault is null && _cells.All(string.IsNullOrWhiteSpace) ? null : new CsvRecord(line, [.. _cells], _fault);
    }

    private string Plain()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] != _separator && _text[_at] is not ('\r' or '\n'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private string Quoted()
    {
        var cell = new StringBuilder();
        _at++;
        while (_at < _text.Length)
        {
            if (!TryTake('"'))
            {
                TakeInto(cell);
            }
            else if (TryTake('"'))
            {
                cell.Append('"');
            }
            else
            {
                _fault ??= string.IsNullOrWhiteSpace(Plain()) ? null : "there is text behind a closing quote";
                return cell.ToString();
            }
        }

        _fault ??= "a quote is not closed";
        return cell.ToString();
    }

    private void TakeInto(StringBuilder cell)
    {
        if (!TakeLineEnd())
        {
            cell.Append(_text[_at++]);
            return;
        }

        cell.Append('\n');
    }

    private bool TakeLineEnd()
    {
        var isReturn = TryTake('\r');
        var isEnd = TryTake('\n') || isReturn;
        _line += isEnd ? 1 : 0;
        return isEnd;
    }

    private bool TryTake(char letter)
    {
        var isThere = IsAt(letter);
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private bool IsAt(char letter) => _at < _text.Length && _text[_at] == letter;
}
