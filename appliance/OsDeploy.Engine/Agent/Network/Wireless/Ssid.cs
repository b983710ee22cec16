using System.Globalization;
using System.Text;
using OsDeploy.Text;

namespace OsDeploy.Agent.Network.Wireless;

/// <summary>Name of a wireless network: any 1 to 32 bytes (IEEE 802.11, 9.4.2.2), chosen by whoever runs an access point nearby.</summary>
public readonly record struct Ssid
{
    private const int MaxBytes = 32;
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string? _hex;

    private Ssid(ReadOnlySpan<byte> bytes) => _hex = Convert.ToHexStringLower(bytes);

    /// <summary>Two digits for each byte: what wpa_supplicant takes without quoting.</summary>
    public string Hex => _hex ?? "";

    /// <summary>For people. Two networks may look the same and not be it.</summary>
    public string Shown => Printable.Of(Encoding.UTF8.GetString(Convert.FromHexString(Hex))) is { Length: > 0 } name ? name : "0x" + Hex;

    /// <summary>What somebody typed.</summary>
    public static bool TryOfText(string text, out Ssid ssid)
    {
        try
        {
            return TryOfBytes(s_strict.GetBytes(text), out ssid);
        }
        catch (EncoderFallbackException)
        {
            ssid = default;
            return false;
        }
    }

    /// <summary>Reads it as wpa_supplicant writes it: printable ASCII as it is, the rest as <c>\xNN</c> or as in C.</summary>
    public static bool TryParse(string escaped, out Ssid ssid)
    {
        var bytes = new List<byte>(MaxBytes);
        ssid = default;
        for (var i = 0; i < escaped.Length; i++)
        {
            var (value, length) = escaped[i] == '\\' ? Unescape(escaped.AsSpan(i)) : (escaped[i], 1);
            if (value is < 0 or > byte.MaxValue || bytes.Count == MaxBytes)
            {
                return false;
            }

            bytes.Add((byte)value);
            i += length - 1;
        }

        return TryOfBytes([.. bytes], out ssid);
    }

    // Networks that hide their name send none, or zeros in its place.
    private static bool TryOfBytes(ReadOnlySpan<byte> bytes, out Ssid ssid)
    {
        var isName = bytes.Length is > 0 and <= MaxBytes && bytes.ContainsAnyExcept((byte)0);
        ssid = isName ? new Ssid(bytes) : default;
        return isName;
    }

    // -1: it is none.
    private static (int Value, int Length) Unescape(ReadOnlySpan<char> text)
    {
        if (text.Length >= 4 && text[1] == 'x')
        {
            return byte.TryParse(text.Slice(2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? (value, 4) : (-1, 1);
        }

        return (text.Length < 2 ? '\0' : text[1]) switch
        {
            '"' => ('"', 2),
            '\\' => ('\\', 2),
            'e' => (0x1B, 2),
            'n' => ('\n', 2),
            'r' => ('\r', 2),
            't' => ('\t', 2),
            _ => (-1, 1),
        };
    }
}
