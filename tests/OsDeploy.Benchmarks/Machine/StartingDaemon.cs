using System.Security.Cryptography;
using OsDeploy.Api;

namespace OsDeploy.Benchmarks.Machine;

/// <summary>A daemon that was just started in the background.</summary>
internal static class StartingDaemon
{
    /// <summary>Asks at its socket until it answers, half a minute at most.</summary>
    /// <returns>The key that whoever talks to it over TLS must meet.</returns>
    /// <exception cref="UserErrorException"><c>store-unreachable</c>, <c>bench-daemon-key</c></exception>
    public static async Task<ServerKey> AwaitAsync(string data, TimeProvider time, CancellationToken cancel)
    {
        using var client = new ApiClient("unix:" + Path.Combine(Path.GetFullPath(data), "osdeployd.sock"), time, new ConnectionOptions());
        await client.CallAsync(ApplianceApi.About, cancel);
        return KeyOf(Path.Combine(data, "appliance.key"));
    }

    private static ServerKey KeyOf(string path)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or ArgumentException or CryptographicException)
        {
            throw Errors.DaemonKeyUnreadable(path, e);
        }

        return ServerKey.TryParse(Convert.ToHexString(SHA256.HashData(key.ExportSubjectPublicKeyInfo())), out var fingerprint)
            ? fingerprint
            : throw new InvalidOperationException("A SHA-256 has 64 digits.");
    }
}
