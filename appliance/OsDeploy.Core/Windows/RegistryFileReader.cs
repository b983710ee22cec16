using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using OsDeploy.Text;

namespace OsDeploy.Windows;

/// <summary>Reads the text of a registry file, once.</summary>
/// <param name="isOld"><c>REGEDIT4</c>: texts among its bytes are of one byte a letter.</param>
internal sealed class RegistryFileReader(string text, bool isOld)
{
    // Microsoft, "Registry Element Size Limits".
    private const int MostName = 16383;
    private const int MostKeyName = 255;
    private const int MostDepth = 512;

    private static readonly string[] s_roots = ["HKEY_LOCAL_MACHINE", "HKEY_USERS", "HKEY_CURRENT_USER", "HKEY_CLASSES_ROOT", "HKEY_CURRENT_CONFIG"];

    private readonly List<RegistryEdit> _edits = [];
    private List<RegistryValueEdit> _values = [];
    private int _at;
    private int _line = 1;

    public IReadOnlyList<RegistryEdit> Read()
    {
        SkipBlanks();
        var line = _line;
        if (RestOfLine().TrimEnd() is not (RegistryFile.Version5 or RegistryFile.Version4))
        {
            throw Wrong($"it does not begin with \"{RegistryFile.Version5}\" or \"{RegistryFile.Version4}\"", line);
        }

        for (SkipBlanks(); _at < text.Length; SkipBlanks())
        {
            if (text[_at] == '[')
            {
                ReadKey();
            }
            else
            {
                ReadValue();
            }
        }

        return _edits;
    }

    private void ReadKey()
    {
        var (line, inner) = (_line, RestOfLine().TrimEnd());
        if (inner is not ['[', .. var key, ']'])
        {
            throw Wrong("a key begins with [ and ends with ]", line);
        }

        var isDeleted = key.StartsWith('-');
        key = isDeleted ? key[1..] : key;
        var parts = key.Split('\\');
        if (!s_roots.Contains(parts[0], StringComparer.OrdinalIgnoreCase))
        {
            throw Wrong($"{Printable.Of(parts[0])} is not the root of a registry; HKEY_LOCAL_MACHINE is", line);
        }

        if (parts.Length > MostDepth || parts.Any(part => part.Length is 0 or > MostKeyName || part.Any(char.IsControl)))
        {
            throw Wrong("a part of the key is empty, too long, or holds what cannot be printed", line);
        }

        if (isDeleted && parts.Length < 3)
        {
            throw Wrong("a whole registry would be deleted", line);
        }

        _edits.Add(new RegistryEdit(key, isDeleted, _values = []));
    }

    private void ReadValue()
    {
        var line = _line;
        var name = ReadName();
        SkipSpaces();
        Take('=', "= after the name of a value");
        SkipSpaces();
        var value = ReadData(name);
        var end = _line;
        if (RestOfLine().Trim() is { Length: > 0 } more && !more.StartsWith(';'))
        {
            throw Wrong($"\"{Printable.Of(more, 40)}\" stands behind the value", end);
        }

        if (_edits.Count == 0 || _edits[^1].IsDeleted)
        {
            throw Wrong(_edits.Count == 0 ? "a [key] has to come before a value" : "a key that is deleted has no values", line);
        }

        _values.Add(value);
    }

    private string ReadName()
    {
        if (text[_at] == '@')
        {
            _at++;
            return "";
        }

        var name = text[_at] == '"' ? ReadQuoted() : throw Wrong("this is neither a [key] nor the \"name\" of a value");
        return name.Length <= MostName ? name : throw Wrong("the name of a value is too long");
    }

    private RegistryValueEdit ReadData(string name)
    {
        if (_at < text.Length && text[_at] == '"')
        {
            return new RegistryValueEdit(name, RegistryType.Text, [.. Encoding.Unicode.GetBytes(ReadQuoted()), 0, 0]);
        }

        if (TryTake("-"))
        {
            return new RegistryValueEdit(name, RegistryType.None, null);
        }

        if (TryTake("dword:"))
        {
            var number = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(number, uint.TryParse(Digits(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var read) ? read : throw Wrong("dword: has 1 to 8 hexadecimal digits"));
            return new RegistryValueEdit(name, RegistryType.Number, number);
        }

        if (TryTake("hex:"))
        {
            return new RegistryValueEdit(name, RegistryType.Binary, ReadBytes());
        }

        Take("hex(", "a value is \"text\", dword:, hex: or -");
        var type = uint.TryParse(Digits(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var known) ? (RegistryType)known : throw Wrong("hex( has a number of a type");
        Take("):", "): after the type");
        var bytes = ReadBytes();
        return new RegistryValueEdit(name, type, isOld && type is RegistryType.Text or RegistryType.ExpandedText or RegistryType.Texts ? Encoding.Unicode.GetBytes(ForeignText.OfAnsi(bytes)) : bytes);
    }

    // A text may hold the end of a line; regedit writes it as it is.
    private string ReadQuoted()
    {
        var (begun, read) = (_line, new StringBuilder());
        _at++;
        while (_at < text.Length)
        {
            var letter = text[_at++];
            if (letter == '"')
            {
                return read.ToString();
            }

            if (letter == '\\' && _at < text.Length)
            {
                letter = text[_at++];
            }

            _line += letter == '\n' ? 1 : 0;
            read.Append(letter);
        }

        throw Wrong("a \" is never closed", begun);
    }

    private byte[] ReadBytes()
    {
        var bytes = new List<byte>();
        while (true)
        {
            SkipSpaces();
            if (SkipContinuation())
            {
                continue;
            }

            var digits = Digits();
            if (digits.Length == 0 && bytes.Count == 0)
            {
                return [];
            }

            bytes.Add(digits.Length <= 2 && byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var read) ? read : throw Wrong("bytes are written with two hexadecimal digits, and commas between them"));
            SkipSpaces();
            if (!TryTake(","))
            {
                return [.. bytes];
            }
        }
    }

    // A \ at the end of a line: the bytes go on in the next.
    private bool SkipContinuation()
    {
        if (_at >= text.Length || text[_at] != '\\')
        {
            return false;
        }

        var line = _line;
        _at++;
        return RestOfLine().Trim().Length == 0 ? true : throw Wrong("a \\ among bytes ends its line", line);
    }

    private string Digits()
    {
        var begin = _at;
        while (_at < text.Length && char.IsAsciiHexDigit(text[_at]))
        {
            _at++;
        }

        return text[begin.._at];
    }

    private bool TryTake(string what)
    {
        if (string.Compare(text, _at, what, 0, what.Length, StringComparison.OrdinalIgnoreCase) != 0)
        {
            return false;
        }

        _at += what.Length;
        return true;
    }

    private void Take(string what, string needed)
    {
        if (!TryTake(what))
        {
            throw Wrong(needed);
        }
    }

    private void Take(char what, string needed) => Take(what.ToString(), needed + " is missing");

    private string RestOfLine()
    {
        var end = text.IndexOf('\n', _at);
        var line = end < 0 ? text[_at..] : text[_at..end];
        _at = end < 0 ? text.Length : end + 1;
        _line += end < 0 ? 0 : 1;
        return line.TrimEnd('\r');
    }

    private void SkipSpaces()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t')
        {
            _at++;
        }
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] == ';'))
        {
            if (text[_at] == ';')
            {
                RestOfLine();
                continue;
            }

            _line += text[_at] == '\n' ? 1 : 0;
            _at++;
        }
    }

    private UserErrorException Wrong(string what, int line = 0) => Errors.RegistryFile(line > 0 ? line : _line, what);
}
