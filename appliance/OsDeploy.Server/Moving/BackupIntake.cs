using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using OsDeploy.Storage;

namespace OsDeploy.Server.Moving;

/// <summary>A backup as it lies unpacked: every file is there, and is what the head says.</summary>
/// <param name="Keys">Sealed; null: it has none.</param>
internal sealed record UnpackedBackup(string Folder, BackupHead Head, byte[] HeadBytes, byte[]? Keys)
{
    public string PathOf(string path) => Path.Combine(Folder, path);
}

/// <summary>
/// Takes in a backup from anywhere. Nothing is believed: memory and disk grow with what has arrived and never beyond what the head lists, names
/// are of a closed list, and order, sizes and hashes are those of the head.
/// </summary>
internal static class BackupIntake
{
    private const int BufferSize = 128 << 10;
    private const int MostFiles = 500_000;
    private const int MostPadding = 64 << 10;
    private const long Reserve = 64 << 20;
    private const int HashLength = 64;

    /// <param name="folder">Is made; there must be none.</param>
    /// <exception cref="UserErrorException"><c>backup-invalid</c>, <c>backup-too-new</c>, <c>backup-no-room</c>, <c>disk-full</c>, <c>disk-write-failed</c></exception>
    public static async Task<UnpackedBackup> UnpackAsync(Stream from, string folder, CancellationToken cancel)
    {
        try
        {
            DurableFile.CreateFolder(folder);
            await using var plain = new GZipStream(from, CompressionMode.Decompress, leaveOpen: true);
            var tar = new TarFile(plain);
            var head = await ReadAsync(tar, BackupHead.Name, BackupHead.MaxLength, cancel);
            var parsed = Parse(head);
            var sum = await ReadAsync(tar, BackupHead.SumName, HashLength * 2, cancel);
            if (!System.Text.Encoding.ASCII.GetString(sum).StartsWith(Convert.ToHexStringLower(SHA256.HashData(head)), StringComparison.Ordinal))
            {
                throw MovingErrors.BackupInvalid("its list of contents is damaged");
            }

            var keys = parsed.Keys is null ? null : await ReadAsync(tar, BackupHead.KeysName, SealedKeys.MaxLength, cancel);
            ThrowIfNoRoom(parsed, folder);
            foreach (var file in parsed.Files)
            {
                await UnpackAsync(tar, file, folder, cancel);
            }

            await ReadEndAsync(tar, plain, cancel);
            return new UnpackedBackup(folder, parsed, head, keys);
        }
        catch (InvalidDataException e)
        {
            throw MovingErrors.BackupInvalid("it cannot be unpacked", e);
        }
    }

    private static BackupHead Parse(byte[] bytes)
    {
        try
        {
            var head = JsonSerializer.Deserialize(bytes, MovingJson.Default.BackupHead) ?? throw MovingErrors.BackupInvalid("its list of contents is empty");
            if (head.Format != BackupHead.CurrentFormat)
            {
                throw MovingErrors.BackupTooNew(head.Format);
            }

            ThrowIfOdd(head);
            return head;
        }
        catch (JsonException e)
        {
            throw MovingErrors.BackupInvalid("its list of contents cannot be read", e);
        }
    }

    private static void ThrowIfOdd(BackupHead head)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in head.Files)
        {
            var isNamedByContent = file.Path.StartsWith(BackupPaths.Contents + "/", StringComparison.Ordinal) || file.Path.StartsWith(BackupPaths.Object(default)[..^HashLength], StringComparison.Ordinal)
                || BackupPaths.IsManifest(file.Path);
            if (!BackupPaths.IsKnown(file.Path) || file.Size < 0 || !names.Add(file.Path) || file.Sha256.Length != HashLength || !file.Sha256.All(char.IsAsciiHexDigitLower))
            {
                throw MovingErrors.BackupInvalid("it lists a file that no backup has");
            }

            if (isNamedByContent && Path.GetFileNameWithoutExtension(file.Path) != file.Sha256)
            {
                throw MovingErrors.BackupInvalid("a file in it is not what its name says");
            }
        }

        if (!names.Contains(BackupPaths.Documents) || names.Count > MostFiles)
        {
            throw MovingErrors.BackupInvalid("its documents are missing");
        }
    }

    private static void ThrowIfNoRoom(BackupHead head, string folder)
    {
        var (needed, free) = (Reserve, StoreSpace.Free(folder));
        foreach (var file in head.Files)
        {
            needed = file.Size > free - needed ? throw MovingErrors.NoRoom(needed + file.Size, free) : needed + file.Size;
        }
    }

    private static async Task<byte[]> ReadAsync(TarFile tar, string name, int most, CancellationToken cancel)
    {
        if (await tar.NextAsync(cancel) is not { } entry || entry.Path != name || entry.Size > most)
        {
            throw MovingErrors.BackupInvalid($"{name} is not where it should be");
        }

        using var bytes = new MemoryStream();
        var buffer = new byte[BufferSize];
        for (int read; (read = await tar.ReadAsync(buffer, cancel)) > 0;)
        {
            await bytes.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        return bytes.ToArray();
    }

    private static async Task UnpackAsync(TarFile tar, BackupFile file, string folder, CancellationToken cancel)
    {
        if (await tar.NextAsync(cancel) is not { } entry || entry.Path != file.Path || entry.Size != file.Size)
        {
            throw MovingErrors.BackupInvalid($"{file.Path} is not where it should be");
        }

        var path = Path.Combine(folder, file.Path);
        MakeFolders(folder, file.Path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            await using var to = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            var buffer = new byte[BufferSize];
            for (int read; (read = await tar.ReadAsync(buffer, cancel)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            }

            DurableFile.Sync(to.SafeFileHandle, path);
        }
        catch (IOException e)
        {
            throw MovingErrors.NotWritten(path, e);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
        {
            throw MovingErrors.BackupInvalid($"{file.Path} is damaged");
        }
    }

    private static void MakeFolders(string folder, string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            DurableFile.CreateFolder(Path.Combine(folder, path[..slash]));
        }
    }

    // To the end of what was packed: only there gzip's own sum is compared.
    private static async Task ReadEndAsync(TarFile tar, Stream plain, CancellationToken cancel)
    {
        if (await tar.NextAsync(cancel) is not null)
        {
            throw MovingErrors.BackupInvalid("it has more files than it lists");
        }

        var buffer = new byte[MostPadding];
        var total = 0;
        for (int read; (read = await plain.ReadAsync(buffer, cancel)) > 0;)
        {
            total += read;
            if (total > MostPadding || buffer.AsSpan(0, read).ContainsAnyExcept((byte)0))
            {
                throw MovingErrors.BackupInvalid("something follows behind its end");
            }
        }
    }
}
