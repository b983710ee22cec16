using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OsDeploy.Server.Accounts;

/// <summary>
/// A password as it is kept: <c>pbkdf2-sha256$ITERATIONS$SALT$HASH</c> with salt and hash in base64 (RFC 8018 section 5.2;
/// 600,000 iterations are OWASP's figure for SHA-256). The parameters are in the text, so they can be raised later.
/// </summary>
internal sealed class PasswordHash
{
    public const int UsualIterations = 600_000;

    private const string Scheme = "pbkdf2-sha256";
    private const int MaxIterations = 100_000_000;
    private const int SaltBytes = 16;
    private const int MaxSaltBytes = 64;

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) => (Iterations, _salt, _hash) = (iterations, salt, hash);

    public int Iterations { get; }

    /// <summary>Takes as long as it is meant to: a tenth of a second and more.</summary>
    public static PasswordHash Of(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(iterations, salt, Derive(password, salt, iterations));
    }

    /// <summary>No password matches it, and to find that out takes as long as with any other.</summary>
    public static PasswordHash OfNobody(int iterations) =>
        new(iterations, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes));

    public static bool TryParse(string? text, [NotNullWhen(true)] out PasswordHash? hash)
    {
        hash = null;
        if (text?.Split('$') is not [Scheme, var digits, var salt, var rest]
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations is < 1 or > MaxIterations
            || !TryDecode(salt, out var saltBytes) || saltBytes.Length is < SaltBytes or > MaxSaltBytes
            || !TryDecode(rest, out var hashBytes) || hashBytes.Length != SHA256.HashSizeInBytes)
        {
            return false;
        }

        hash = new PasswordHash(iterations, saltBytes, hashBytes);
        return true;
    }

    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, _salt, Iterations), _hash);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Scheme}${Iterations}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}");

    private static byte[] Derive(string password, byte[] salt, int iterations)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        try
        {
            return Rfc2898DeriveBytes.Pbkdf2(bytes, salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static bool TryDecode(string base64, out byte[] bytes)
    {
        bytes = new byte[MaxSaltBytes];
        var fits = Convert.TryFromBase64String(base64, bytes, out var count);
        bytes = bytes[..count];
        return fits;
    }
}
