using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OsDeploy.Api.Accounts;

namespace OsDeploy.Server.Accounts;

/// <summary>
/// How lines of the audit log hang together: the hash of a line is SHA-256 over the hash of the line before (empty for line 1), its number,
/// its time and its four texts, each as UTF-8 after its length (32 bits, big-endian).
/// </summary>
internal static class AuditChain
{
    /// <param name="before">Null: this is line 1.</param>
    public static string HashOf(AuditLine? before, AuditLine line)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, before?.Hash ?? "");
        Add(hash, line.Number.ToString(CultureInfo.InvariantCulture));
        Add(hash, line.At.ToString("O", CultureInfo.InvariantCulture));
        Add(hash, line.Actor);
        Add(hash, line.Action);
        Add(hash, line.Subject);
        Add(hash, line.Detail);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <param name="before">The line that comes before the first one; null: none may.</param>
    /// <param name="ascending">Lines as they were written.</param>
    /// <returns>Number that the first wrong or missing line should have; null: all is well.</returns>
    public static long? FindBreak(AuditLine? before, IEnumerable<AuditLine> ascending)
    {
        foreach (var line in ascending)
        {
            var expected = (before?.Number ?? 0) + 1;
            if (line.Number != expected || line.Hash != HashOf(before, line))
            {
                return expected;
            }

            before = line;
        }

        return null;
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
