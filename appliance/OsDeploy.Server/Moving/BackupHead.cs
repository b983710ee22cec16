using System.Text.Json;
using System.Text.Json.Serialization;
using OsDeploy.Api.Moving;

namespace OsDeploy.Server.Moving;

/// <summary>
/// The first file of a backup: it names every other one with its SHA-256, so that nothing can be added, taken away or changed. The second
/// file is the SHA-256 of this one, for people with <c>tar</c> and <c>sha256sum</c>; the third, if there are keys, is authenticated by it.
/// </summary>
internal sealed record BackupHead(
    int Format, string Program, string Appliance, string Fingerprint, DateTimeOffset CreatedAt, string CreatedBy, BackupCounts Counts, IReadOnlyList<BackupFile> Files, KeyLock? Keys, IReadOnlyList<string> LeftOut)
{
    public const int CurrentFormat = 1;

    /// <summary>Bytes of a head: half a million files.</summary>
    public const int MaxLength = 96 << 20;

    public const string Name = "backup.json";
    public const string SumName = "backup.json.sha256";
    public const string KeysName = "keys.sealed";

    public BackupView View => new(Appliance, Program, Fingerprint, CreatedAt, CreatedBy, Counts, Keys is not null, LeftOut);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, MovingJson.Default.BackupHead);
}

/// <param name="Path">As <see cref="BackupPaths"/> has it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal digits.</param>
internal sealed record BackupFile(string Path, long Size, string Sha256);

/// <summary>How the keys are locked: a key made of the password (RFC 8018), then AES-256-GCM.</summary>
/// <param name="Kdf">Always <c>pbkdf2-hmac-sha256</c>.</param>
internal sealed record KeyLock(string Kdf, int Iterations, byte[] Salt);

/// <summary>What nobody but the appliance may have.</summary>
/// <param name="Appliance">The key that everybody pins: PEM.</param>
/// <param name="Secret">The key of the secrets in the documents.</param>
internal sealed record BackupKeys(byte[] Appliance, byte[] Secret)
{
    /// <summary>What a log may say of it.</summary>
    public override string ToString() => nameof(BackupKeys);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false, MaxDepth = 8)]
[JsonSerializable(typeof(BackupHead))]
[JsonSerializable(typeof(BackupKeys))]
internal sealed partial class MovingJson : JsonSerializerContext;
