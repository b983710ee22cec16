using System.Security.Cryptography;

namespace OsDeploy.SystemImages;

/// <summary>A system on a medium whose manifest was signed by a key that is believed. Its files are looked at when they are read.</summary>
public sealed class SignedSystem
{
    private const int Buffer = 1 << 20;

    private readonly ISystemMedium _medium;

    private SignedSystem(ISystemMedium medium, SystemManifest manifest, byte[] manifestBytes, byte[] signature) =>
        (_medium, Manifest, ManifestBytes, Signature) = (medium, manifest, manifestBytes, signature);

    public SystemManifest Manifest { get; }

    /// <summary>As they were signed.</summary>
    public byte[] ManifestBytes { get; }

    public byte[] Signature { get; }

    /// <summary>Looks at the signature first: before that nothing of the manifest is parsed.</summary>
    /// <param name="publicKey">PEM.</param>
    /// <param name="folder">Where in <c>osdeploy</c> it lies; null: the only one there is.</param>
    /// <exception cref="UserErrorException">
    /// <c>system-image-unknown</c>, <c>system-image-incomplete</c>, <c>system-image-signature</c>, <c>system-image-malformed</c>, <c>system-image-unreadable</c>
    /// </exception>
    public static SignedSystem Open(ISystemMedium medium, string publicKey, string? folder = null)
    {
        var place = folder ?? (medium.ListFolders() is [var only] ? only : throw SystemImageErrors.Unknown());
        var manifest = ReadSmall(medium, place, SystemManifest.FileName, SystemManifest.MaxLength);
        var signature = ReadSmall(medium, place, SystemSignature.FileName, SystemSignature.MaxLength);
        if (!SystemSignature.IsValid(manifest, signature, publicKey))
        {
            throw SystemImageErrors.Signature();
        }

        try
        {
            return new SignedSystem(new InFolder(medium, place), SystemManifest.Parse(manifest), manifest, signature);
        }
        catch (FormatException e)
        {
            throw SystemImageErrors.Malformed(e);
        }
    }

    /// <summary>Reads all of it.</summary>
    /// <param name="names">Which files.</param>
    /// <param name="read">Told after each piece how many bytes it had.</param>
    /// <exception cref="UserErrorException"><c>system-image-incomplete</c>, <c>system-image-tampered</c>, <c>system-image-unreadable</c></exception>
    public async Task VerifyAsync(IEnumerable<string> names, Action<long> read, CancellationToken cancel)
    {
        foreach (var name in names)
        {
            await CopyAsync(name, Stream.Null, read, cancel);
        }
    }

    /// <summary>Copies a file, and looks at what it copies: what was found good a moment ago may have changed since.</summary>
    /// <inheritdoc cref="VerifyAsync"/>
    public async Task CopyAsync(string name, Stream to, Action<long> read, CancellationToken cancel)
    {
        var file = Manifest.Files.Single(file => file.Name == name);
        await using var from = _medium.Open("", name);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Buffer];
        var left = file.Size;
        while (await ReadAsync(from, buffer, name, cancel) is var count and > 0)
        {
            if (count > left)
            {
                throw SystemImageErrors.Tampered(name);
            }

            left -= count;
            hash.AppendData(buffer, 0, count);
            await to.WriteAsync(buffer.AsMemory(0, count), cancel);
            read(count);
        }

        if (left > 0)
        {
            throw SystemImageErrors.Incomplete(name);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
        {
            throw SystemImageErrors.Tampered(name);
        }
    }

    private static async Task<int> ReadAsync(Stream from, byte[] buffer, string name, CancellationToken cancel)
    {
        try
        {
            return await from.ReadAsync(buffer, cancel);
        }
        catch (IOException e)
        {
            throw SystemImageErrors.NotRead(name, e);
        }
    }

    private static byte[] ReadSmall(ISystemMedium medium, string folder, string name, int most)
    {
        using var file = medium.Open(folder, name);
        var bytes = new byte[most + 1];
        try
        {
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= most ? bytes[..length] : throw SystemImageErrors.Signature();
        }
        catch (IOException e)
        {
            throw SystemImageErrors.NotRead(name, e);
        }
    }

    private sealed class InFolder(ISystemMedium medium, string folder) : ISystemMedium
    {
        public IReadOnlyList<string> ListFolders() => [];

        public Stream Open(string _, string name) => medium.Open(folder, name);
    }
}
