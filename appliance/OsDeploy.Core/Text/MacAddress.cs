using System.Diagnostics.CodeAnalysis;

namespace OsDeploy.Text;

/// <summary>An EUI-48 address of one network card, written <c>aa:bb:cc:dd:ee:ff</c>.</summary>
public readonly record struct MacAddress
{
    private const int Digits = 12;

    private readonly string? _text;

    private MacAddress(string text) => _text = text;

    /// <summary>The six bytes as they go over the wire.</summary>
    public byte[] Bytes => _text is null ? new byte[6] : Convert.FromHexString(_text.Replace(":", "", StringComparison.Ordinal));

    /// <summary>
    /// Accepts 12 hexadecimal digits in either case, with colons, dashes or dots between them (Linux, Windows and switch
    /// notation). Refuses what no single card can have: all zeros and group addresses (IEEE 802: lowest bit of the first byte).
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MacAddress address)
    {
        address = default;
        var digits = string.Concat((text ?? "").Trim().Split(':', '-', '.')).ToLowerInvariant();
        if (digits.Length != Digits || !digits.All(char.IsAsciiHexDigit) || digits.All(digit => digit == '0') || (Convert.FromHexString(digits)[0] & 1) == 1)
        {
            return false;
        }

        address = new MacAddress(string.Join(':', digits.Chunk(2).Select(pair => new string(pair))));
        return true;
    }

    public override string ToString() => _text ?? "";
}
