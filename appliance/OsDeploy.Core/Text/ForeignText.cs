using System.Text;

namespace OsDeploy.Text;

/// <summary>The characters of a file that a spreadsheet, an editor, Windows or another server wrote.</summary>
public static class ForeignText
{
    // 0x80 to 0x9f of Windows-1252 (unicode.org, CP1252.TXT); five places are empty. Everything else is Latin-1.
    private const string HighControls = "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ";

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>UTF-16 with a mark, UTF-8 with or without one; what is neither is read as Windows-1252.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xff, 0xfe, ..])
        {
            return Encoding.Unicode.GetString(bytes[2..]);
        }

        var text = bytes is [0xef, 0xbb, 0xbf, ..] ? bytes[3..] : bytes;
        try
        {
            return s_strictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            return OfAnsi(text);
        }
    }

    /// <summary>Windows-1252, which German, French and English Windows call ANSI.</summary>
    public static string OfAnsi(ReadOnlySpan<byte> bytes) => string.Create(bytes.Length, bytes, (letters, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            letters[i] = source[i] is >= 0x80 and <= 0x9f ? HighControls[source[i] - 0x80] : (char)source[i];
        }
    });
}
