using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OsDeploy.Api;

/// <summary>
/// Fingerprint of a server's public key: SHA-256 of its SubjectPublicKeyInfo. Whoever holds it needs no authority, no
/// host name and no clock: a certificate with this key is the server, whatever else it says.
/// </summary>
public readonly record struct ServerKey
{
    private const int DigitsPerWord = 4;
    private const string Consonants = "bdfghjklmnprstvz";
    private const string Vowels = "aiou";

    private readonly string? _digits;

    private ServerKey(string digits) => _digits = digits;

    public static ServerKey Of(X509Certificate2 certificate) =>
        new(Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())));

    /// <summary>Accepts 64 hexadecimal digits in either case, with or without colons between bytes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ServerKey key)
    {
        var digits = text?.Replace(":", "", StringComparison.Ordinal) ?? "";
        var fits = digits.Length == SHA256.HashSizeInBytes * 2 && digits.All(char.IsAsciiHexDigit);
        key = fits ? new ServerKey(digits.ToLowerInvariant()) : default;
        return fits;
    }

    /// <summary>
    /// The first 64 bits as four words that can be read out over a telephone: <c>lusab babad gutih tugad</c> (proquints, D. S. Wilkerson,
    /// arXiv:0901.4016). For people who compare two screens; programs compare the whole fingerprint.
    /// </summary>
    public string Words => string.Join(' ', (_digits ?? "").Chunk(DigitsPerWord).Take(4)
        .Select(digits => WordOf(ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))));

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => _digits ?? "";

    private static string WordOf(ushort bits) =>
        new([Consonants[bits >> 12], Vowels[(bits >> 10) & 3], Consonants[(bits >> 6) & 15], Vowels[(bits >> 4) & 3], Consonants[bits & 15]]);
}
