using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OsDeploy.Server.Accounts;

/// <summary>
/// A credential drawn by this server: a prefix that says what it is (so that a secret scanner knows one it finds), then 256 random
/// bits. Only its SHA-256 is kept; there is nothing to guess, so no slow hash is needed.
/// </summary>
internal static class BearerToken
{
    public const string SessionPrefix = "osds_";
    public const string LongLivedPrefix = "osdt_";

    private const int RandomBytes = 32;
    private const int MaxLength = 64;

    public static string Draw(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>64 hexadecimal digits.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public static bool Is(string prefix, string bearer) => bearer.Length <= MaxLength && bearer.StartsWith(prefix, StringComparison.Ordinal);
}
