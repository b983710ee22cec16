using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OsDeploy.Server.Boot;

/// <summary>
/// What GRUB compares a password with: <c>grub.pbkdf2.sha512.ITERATIONS.SALT.HASH</c>, salt and hash in hexadecimal. It travels in clear, so
/// guessing is as slow as a PC may be made to wait; 210,000 iterations are OWASP's figure for SHA-512.
/// </summary>
internal static partial class GrubVerifier
{
    /// <summary>GRUB asks for a name too.</summary>
    public const string User = "osdeploy";

    private const int Iterations = 210_000;
    private const int Bytes = 64;

    /// <summary>Takes a tenth of a second and more.</summary>
    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(Bytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA512, Bytes);
        return string.Create(CultureInfo.InvariantCulture, $"grub.pbkdf2.sha512.{Iterations}.{Convert.ToHexString(salt)}.{Convert.ToHexString(hash)}");
    }

    public static bool IsOne(string text) => Shape().IsMatch(text);

    [GeneratedRegex(@"^grub\.pbkdf2\.sha512\.[1-9][0-9]{3,8}\.[0-9A-F]{128}\.[0-9A-F]{128}\z")]
    private static partial Regex Shape();
}
