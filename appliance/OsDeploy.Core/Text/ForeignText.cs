using System.Text;

namespace OsDeploy.Server.Hosts.Lists;

/// <summary>The characters of a list that a spreadsheet, an editor or another server wrote.</summary>
internal static class CsvText
{
    // 0x80 to 0x9f of Windows-1252 (unicode.org, CP1252.TXT); five places are empty. Everything else is Latin-1.
    private const string HighControls = "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ";

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>UTF-8 with or without a mark; what is not UTF-8 is read as Windows-1252.</summary>
    public static string Of(byte[] bytes)
    {
        ReadOnlySpan<byte> mark = [0xef, 0xbb, 0xbf];
        var text = bytes.AsSpan().StartsWith(mark) ? bytes.AsSpan(mark.Length) : bytes.AsSpan();
        try
        {
            return s_strictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            return string.Create(text.Length, text, (letters, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                {
                    letters[i] = source[i] is >= 0x80 and <= 0x9f ? HighControls[source[i] - 0x80] : (char)source[i];
                }
            });
        }
    }
}
