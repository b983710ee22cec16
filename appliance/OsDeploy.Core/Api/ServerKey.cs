using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OsDeploy.Api;

/// <summary>
/// Fingerprint of a server's public key: SHA-256 of its SubjectPublicKeyInfo. Whoever holds it needs no authority, no
/// host name and no clock: a certificate with this key is the server, whatever else it says.
/// </summary>
public readonly record struct ServerKey
{
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

    /// <summary>For people who compare two screens; programs compare the whole fingerprint.</summary>
    public string Words => FourWords.Of(_digits ?? "");

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => _digits ?? "";
}
