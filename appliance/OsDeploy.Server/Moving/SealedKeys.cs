using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OsDeploy.Api.Accounts;

namespace OsDeploy.Server.Moving;

/// <summary>
/// The keys of an appliance behind a password. Nonce (12 bytes), tag (16), cipher text; the head of the backup is authenticated with them, so
/// that the right password also proves the head, and by it every file.
/// </summary>
internal static class SealedKeys
{
    /// <summary>OWASP, Password Storage Cheat Sheet: PBKDF2-HMAC-SHA256.</summary>
    public const int Iterations = 600_000;

    /// <summary>Bytes of the file.</summary>
    public const int MaxLength = 64 << 10;

    private const string Kdf = "pbkdf2-hmac-sha256";
    private const int MostIterations = 10_000_000; // what a hostile file may cost
    private const int KeyBytes = 32;
    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = NonceBytes + TagBytes;

    public static KeyLock NewLock() => new(Kdf, Iterations, RandomNumberGenerator.GetBytes(SaltBytes));

    /// <exception cref="UserErrorException"><c>backup-password-invalid</c></exception>
    public static void Check(string password)
    {
        if (PasswordRules.FaultOf(password, default) is { } fault)
        {
            throw MovingErrors.PasswordInvalid(fault);
        }
    }

    public static byte[] Seal(BackupKeys keys, KeyLock locked, string password, ReadOnlySpan<byte> head)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(keys, MovingJson.Default.BackupKeys);
        var message = new byte[HeadBytes + plain.Length];
        var nonce = message.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = Cipher(locked, password);
        aes.Encrypt(nonce, plain, message.AsSpan(HeadBytes), message.AsSpan(NonceBytes, TagBytes), SHA256.HashData(head));
        CryptographicOperations.ZeroMemory(plain);
        return message;
    }

    /// <exception cref="UserErrorException"><c>backup-password-wrong</c>, <c>backup-invalid</c></exception>
    public static BackupKeys Open(ReadOnlySpan<byte> message, KeyLock locked, string password, ReadOnlySpan<byte> head)
    {
        if (message.Length < HeadBytes || locked is not { Kdf: Kdf, Iterations: >= Iterations and <= MostIterations, Salt.Length: >= SaltBytes })
        {
            throw MovingErrors.BackupInvalid("its keys are locked in a way that is not known");
        }

        var plain = new byte[message.Length - HeadBytes];
        try
        {
            using var aes = Cipher(locked, password);
            aes.Decrypt(message[..NonceBytes], message[HeadBytes..], message[NonceBytes..HeadBytes], plain, SHA256.HashData(head));
            return JsonSerializer.Deserialize(plain, MovingJson.Default.BackupKeys) is { Appliance.Length: > 0, Secret.Length: > 0 } keys
                ? keys
                : throw MovingErrors.BackupInvalid("its keys are empty");
        }
        catch (AuthenticationTagMismatchException)
        {
            throw MovingErrors.PasswordWrong();
        }
        catch (JsonException e)
        {
            throw MovingErrors.BackupInvalid("its keys cannot be read", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static AesGcm Cipher(KeyLock locked, string password)
    {
        var key = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), locked.Salt, locked.Iterations, HashAlgorithmName.SHA256, KeyBytes);
        try
        {
            return new AesGcm(key, TagBytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
