using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using OsDeploy.Text;

namespace OsDeploy.Agent.Hardware;

/// <summary>What a monitor says of itself: the first block of VESA's Enhanced EDID Standard, release A.</summary>
internal static class Edid
{
    private const int BlockLength = 128;
    private const int FirstDescriptor = 54;
    private const int DescriptorLength = 18;
    private const int DescriptorCount = 4;
    private const int DescriptorText = 5;
    private const byte NameTag = 0xFC;
    private const byte SerialTag = 0xFF;
    private const int FirstYear = 1990;
    private const int MaxText = 13;

    private static ReadOnlySpan<byte> Header => [0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x00];

    /// <returns>Maker, model, picture, serial number and year, as far as they are there; null: it is no such block.</returns>
    public static string? Describe(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < BlockLength || !bytes.StartsWith(Header))
        {
            return null;
        }

        var parts = new List<string> { Maker(BinaryPrimitives.ReadUInt16BigEndian(bytes[8..])), TextOf(bytes, NameTag) ?? ProductOf(bytes) };
        var (width, height) = PictureOf(bytes[FirstDescriptor..]);
        if (width > 0 && height > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"));
        }

        if (TextOf(bytes, SerialTag) is { } serial)
        {
            parts.Add("serial " + serial);
        }

        // 0: not said. 255 in the week before it: the year is that of the model.
        if (bytes[17] > 0)
        {
            parts.Add((FirstYear + bytes[17]).ToString(CultureInfo.InvariantCulture));
        }

        return string.Join(' ', parts);
    }

    // Three letters of five bits each, from A = 1.
    private static string Maker(ushort code) => string.Concat(new[] { code >> 10, code >> 5, code }.Select(bits => (bits & 31) is >= 1 and <= 26 and var letter ? (char)('A' + letter - 1) : '?'));

    private static string ProductOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]).ToString("X4", CultureInfo.InvariantCulture);

    // The first detailed timing is the one the monitor prefers; a pixel clock of 0 makes it something else.
    private static (int Width, int Height) PictureOf(ReadOnlySpan<byte> timing) => timing[0] == 0 && timing[1] == 0
        ? (0, 0)
        : (timing[2] | ((timing[4] & 0xF0) << 4), timing[5] | ((timing[7] & 0xF0) << 4));

    private static string? TextOf(ReadOnlySpan<byte> bytes, byte tag)
    {
        for (var i = 0; i < DescriptorCount; i++)
        {
            var descriptor = bytes.Slice(FirstDescriptor + (i * DescriptorLength), DescriptorLength);
            if (descriptor[..3].IndexOfAnyExcept((byte)0) < 0 && descriptor[3] == tag)
            {
                var text = descriptor[DescriptorText..];
                var end = text.IndexOfAny((byte)'\n', (byte)0);
                return Printable.Of(Encoding.Latin1.GetString(end < 0 ? text : text[..end]).Trim(), MaxText) is { Length: > 0 } clean ? clean : null;
            }
        }

        return null;
    }
}
