using System.Globalization;
using System.Text;

namespace OsDeploy.Tui.Drivers;

/// <summary>Text between the marks of a bracketed paste. It comes from anywhere, so only characters that can be seen are kept.</summary>
internal sealed class PasteBuffer
{
    /// <summary>Bytes; what comes beyond is dropped.</summary>
    public const int Limit = 1024 * 1024;

    private static readonly byte[] s_end = [0x1B, (byte)'[', (byte)'2', (byte)'0', (byte)'1', (byte)'~'];

    private readonly List<byte> _bytes = [];
    private int _matched;

    /// <returns>True: that was the end.</returns>
    public bool Add(byte next)
    {
        if (next == s_end[_matched])
        {
            _matched++;
            return _matched == s_end.Length;
        }

        foreach (var matched in s_end.AsSpan(0, _matched))
        {
            Keep(matched);
        }

        // The mark has only one escape: a mismatch can start nothing but a new mark.
        _matched = next == s_end[0] ? 1 : 0;
        if (_matched == 0)
        {
            Keep(next);
        }

        return false;
    }

    public InputEvent.Pasted Take()
    {
        var raw = Encoding.UTF8.GetString([.. _bytes]);
        _bytes.Clear();
        _bytes.TrimExcess();
        _matched = 0;
        return new InputEvent.Pasted(Clean(raw));
    }

    private static string Clean(string raw)
    {
        var text = new StringBuilder(raw.Length);
        foreach (var rune in raw.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            var kept = (rune.Value, Rune.GetUnicodeCategory(rune)) switch
            {
                ('\n' or '\t', _) => rune.ToString(),
                ('\r', _) or (_, UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) => "\n",
                (_, UnicodeCategory.Control or UnicodeCategory.Format) => "",
                (0xFFFD, _) => "?",
                _ => rune.ToString(),
            };
            text.Append(kept);
        }

        return text.ToString();
    }

    private void Keep(byte next)
    {
        if (_bytes.Count < Limit)
        {
            _bytes.Add(next);
        }
    }
}
