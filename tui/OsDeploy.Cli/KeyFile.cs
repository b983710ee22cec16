using System.Security.Cryptography;

namespace OsDeploy.Cli;

/// <summary>PEM files of signing keys, looked at early: a wrong file is a usage error, not a failed restore.</summary>
internal static class KeyFile
{
    /// <returns>The PEM text of a public key; null if no file was named.</returns>
    /// <exception cref="UserErrorException"><c>usage-key</c></exception>
    public static string? Read(string? path) => path is null ? null : Load(path, "an ECDSA key in PEM form");

    /// <returns>The PEM text of a private key.</returns>
    /// <exception cref="UserErrorException"><c>usage-key</c></exception>
    public static string ReadPrivate(string path)
    {
        var pem = Load(path, "a private ECDSA key in PEM form");
        return pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal) ? pem : throw Errors.UsageKey(path, "a private ECDSA key in PEM form");
    }

    private static string Load(string path, string purpose)
    {
        try
        {
            var pem = File.ReadAllText(path);
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return pem;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw Errors.UsageKey(path, purpose, e);
        }
    }
}
