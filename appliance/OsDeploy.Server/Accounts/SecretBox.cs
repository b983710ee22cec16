using System.Security.Cryptography;
using System.Text;
using OsDeploy.Storage;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Accounts;

/// <summary>
/// Keeps secrets of documents unreadable without a key that lies in a file beside the database, so that a backup of the documents
/// holds none that can be used. Text form: <c>enc1:</c> and base64 of nonce (12 bytes), tag (16) and cipher text (AES-256-GCM,
/// NIST SP 800-38D); the purpose is authenticated, so a sealed text works only in the place it was made for.
/// </summary>
/// <remarks>Safe for many threads.</remarks>
internal sealed class SecretBox : IDisposable
{
    private const string Prefix = "enc1:";
    private const string CheckId = "check";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = NonceBytes + TagBytes;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly byte[] _key;

    private SecretBox(string path, byte[] key) => (_path, _key) = (path, key);

    /// <summary>
    /// Opens the box with the key file of this store, and makes the file if the store has never had one. The store keeps a sealed word: a
    /// wrong key is found at the start, not when a host needs its secret.
    /// </summary>
    /// <param name="path">Of 32 random bytes, for the server's user only.</param>
    /// <exception cref="UserErrorException"><c>secret-key-wrong</c>, <c>disk-full</c>, <c>disk-write-failed</c>, <c>write-denied</c></exception>
    public static SecretBox Open(string path, DocumentStore store)
    {
        var checks = store.GetCollection("secret_check", AccountJson.Default.SecretCheck, check => check.Id);
        var check = checks.FindById(CheckId)?.Value;
        if (check is null && !File.Exists(path))
        {
            DurableFile.WriteSecret(path, RandomNumberGenerator.GetBytes(KeyBytes));
        }

        var box = new SecretBox(path, ReadKey(path));
        if (check is null)
        {
            checks.Insert(new SecretCheck(CheckId, box.Seal(CheckId, CheckId)));
        }
        else if (!box.IsMine(check))
        {
            box.Dispose();
            throw AccountErrors.SecretKeyWrong(path, "it is not the key of this database");
        }

        return box;
    }

    /// <summary>Of another store, by its key.</summary>
    /// <exception cref="UserErrorException"><c>secret-key-wrong</c></exception>
    public static SecretBox Of(byte[] key) => key.Length == KeyBytes ? new SecretBox("", key) : throw AccountErrors.SecretKeyWrong("", $"it has {key.Length} bytes and not {KeyBytes}");

    /// <summary>Whether it opens the secrets of a store; those of one that never had any, too.</summary>
    public bool IsKeyOf(DocumentStore store) =>
        store.GetCollection("secret_check", AccountJson.Default.SecretCheck, check => check.Id).FindById(CheckId) is not { Value: var check } || IsMine(check);

    /// <summary>The store forgets whose key it needs; its secrets must be gone.</summary>
    public static void Forget(DocumentStore store) => store.GetCollection("secret_check", AccountJson.Default.SecretCheck, check => check.Id).Delete(CheckId);

    public string Seal(string plain, string purpose)
    {
        var bytes = s_utf8.GetBytes(plain);
        var message = new byte[HeadBytes + bytes.Length];
        var nonce = message.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce, bytes, message.AsSpan(HeadBytes), message.AsSpan(NonceBytes, TagBytes), s_utf8.GetBytes(purpose));
        CryptographicOperations.ZeroMemory(bytes);
        return Prefix + Convert.ToBase64String(message);
    }

    /// <param name="purpose">The one it was sealed with.</param>
    /// <exception cref="UserErrorException"><c>secret-damaged</c></exception>
    public string Open(string sealedText, string purpose)
    {
        var message = MessageOf(sealedText) ?? throw AccountErrors.SecretDamaged(purpose);
        var plain = new byte[message.Length - HeadBytes];
        try
        {
            using var aes = new AesGcm(_key, TagBytes);
            aes.Decrypt(message.AsSpan(0, NonceBytes), message.AsSpan(HeadBytes), message.AsSpan(NonceBytes, TagBytes), plain, s_utf8.GetBytes(purpose));
            return s_utf8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw AccountErrors.SecretDamaged(purpose, e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>A key for another use than sealing, 32 bytes, always the same for a purpose (HKDF, RFC 5869).</summary>
    public byte[] KeyFor(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, KeyBytes, info: s_utf8.GetBytes(purpose));

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private static byte[] ReadKey(string path)
    {
        try
        {
            var key = File.ReadAllBytes(path);
            return key.Length == KeyBytes
                ? key
                : throw AccountErrors.SecretKeyWrong(path, $"it has {key.Length} bytes and not {KeyBytes}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AccountErrors.SecretKeyWrong(path, e.Message, e);
        }
    }

    private static byte[]? MessageOf(string sealedText)
    {
        if (!sealedText.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = new byte[sealedText.Length];
        return Convert.TryFromBase64String(sealedText[Prefix.Length..], bytes, out var count) && count >= HeadBytes ? bytes[..count] : null;
    }

    private bool IsMine(SecretCheck check)
    {
        try
        {
            return Open(check.Sealed, CheckId) == CheckId;
        }
        catch (UserErrorException)
        {
            return false;
        }
    }
}

/// <summary>A word sealed with the key of this store.</summary>
internal sealed record SecretCheck(string Id, string Sealed);
