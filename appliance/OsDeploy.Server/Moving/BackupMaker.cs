using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using OsDeploy.Api.Moving;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Personalisation;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Moving;

/// <summary>Whose backup it is.</summary>
internal sealed record BackupOrigin(string Appliance, string Program, string Fingerprint, string By, BackupCounts Counts);

/// <summary>
/// Writes a backup: everything that <see cref="BackupPaths.Table"/> keeps, in a tar archive, gzip around it, so that it can be opened without osdeploy.
/// All of it is read once before the first byte goes out: what is damaged is left out, and said.
/// </summary>
internal sealed class BackupMaker(DocumentStore documents, FolderImageStore store, string data, TimeProvider time)
{
    /// <summary>Beginning of the names of copies under way; those a killed daemon left are of no use.</summary>
    public const string CopyPrefix = "backup-";

    private const int MaxSmall = 4 << 20; // bytes of a hook, of settings

    /// <param name="password">Checked; null: without keys.</param>
    /// <param name="begin">Called before the first byte: nothing can be refused any more.</param>
    /// <exception cref="UserErrorException">Those of <see cref="DocumentStore.BackupTo"/>.</exception>
    public async Task WriteAsync(BackupOrigin origin, string? password, Action begin, Stream to, CancellationToken cancel)
    {
        var copy = Path.Combine(data, $"{CopyPrefix}{Guid.NewGuid():N}.db");
        try
        {
            await Task.Run(() => documents.BackupTo(copy), cancel);
            var (items, leftOut) = await ItemsAsync(copy, cancel);
            var locked = password is null ? null : SealedKeys.NewLock();
            var head = new BackupHead(
                BackupHead.CurrentFormat, origin.Program, origin.Appliance, origin.Fingerprint, time.GetUtcNow(), origin.By, origin.Counts, [.. items.Select(item => item.File)], locked, leftOut);
            var bytes = head.ToBytes();
            var keys = locked is null ? null : SealedKeys.Seal(ReadKeys(), locked, password!, bytes);
            begin();
            await WriteAsync(to, head.CreatedAt, bytes, keys, items, cancel);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static async Task WriteAsync(Stream to, DateTimeOffset now, byte[] head, byte[]? keys, List<Item> items, CancellationToken cancel)
    {
        await using var packed = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        await using var tar = new TarWriter(packed, TarEntryFormat.Ustar, leaveOpen: true);
        await WriteAsync(BackupHead.Name, head);
        await WriteAsync(BackupHead.SumName, System.Text.Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(head))}  {BackupHead.Name}\n"));
        if (keys is not null)
        {
            await WriteAsync(BackupHead.KeysName, keys);
        }

        foreach (var item in items)
        {
            await using var content = await item.OpenAsync(cancel);
            if (content.Length != item.File.Size)
            {
                throw MovingErrors.FileChanged(item.File.Path);
            }

            await TarFile.WriteAsync(tar, item.File.Path, content, now, cancel);
        }

        async Task WriteAsync(string name, byte[] bytes)
        {
            using var content = new MemoryStream(bytes);
            await TarFile.WriteAsync(tar, name, content, now, cancel);
        }
    }

    private BackupKeys ReadKeys() => new(File.ReadAllBytes(Path.Combine(data, BackupPaths.ApplianceKey)), File.ReadAllBytes(Path.Combine(data, BackupPaths.SecretKey)));

    private async Task<(List<Item> Items, List<string> LeftOut)> ItemsAsync(string copy, CancellationToken cancel)
    {
        var (items, leftOut) = (new List<Item>(), new List<string>());
        items.Add(await HashedAsync(BackupPaths.Documents, _ => Task.FromResult<Stream>(File.OpenRead(copy)), cancel));
        items.AddRange(SmallFiles());
        var contents = new ContentFolder(Path.Combine(data, BackupPaths.Contents));
        foreach (var content in contents.All.OrderBy(content => content.ToString(), StringComparer.Ordinal).ToList())
        {
            await TryAsync(async () => items.Add(await HashedAsync(BackupPaths.Content(content), async cancel => await contents.OpenAsync(content, cancel), cancel)));
        }

        var indexes = new HashSet<ChunkId>();
        foreach (var entry in await store.ListAsync(cancel))
        {
            await TryAsync(async () => items.AddRange(await VersionAsync(entry, indexes, cancel)));
        }

        return (items, leftOut);

        async Task TryAsync(Func<Task> add)
        {
            try
            {
                await add();
            }
            catch (UserErrorException e)
            {
                leftOut.Add(e.Message); // one bad file must not keep a school from having a backup of all others
            }
        }
    }

    private List<Item> SmallFiles()
    {
        var hooks = Path.Combine(data, BackupPaths.Hooks);
        var files = Directory.Exists(hooks)
            ? Directory.GetFiles(hooks).Where(file => BackupPaths.IsHook(Path.GetFileName(file))).Order(StringComparer.Ordinal).Select(file => (Path: file, Name: BackupPaths.Hook(Path.GetFileName(file))))
            : [];
        return [.. files.Append((Path.Combine(data, BackupPaths.Settings), BackupPaths.Settings)).Where(file => new FileInfo(file.Item1) is { Exists: true, Length: <= MaxSmall })
            .Select(file => Small(file.Item2, File.ReadAllBytes(file.Item1)))];
    }

    // Together or not at all: a manifest without its index objects cannot even say what it lacks.
    private async Task<List<Item>> VersionAsync(VersionEntry entry, HashSet<ChunkId> indexes, CancellationToken cancel)
    {
        var manifest = await store.ReadManifestAsync(entry.Version, cancel);
        var items = new List<Item>();
        foreach (var index in Manifest.Parse(manifest).Regions().Select(region => region.Index).Distinct().Where(index => !indexes.Contains(index)))
        {
            items.Add(await HashedAsync(BackupPaths.Object(index), async cancel => new MemoryStream(await store.ReadIndexAsync(index, cancel)), cancel));
        }

        indexes.UnionWith(Manifest.Parse(manifest).Regions().Select(region => region.Index));
        if (await store.ReadSignatureAsync(entry.Version, cancel) is { } signature)
        {
            items.Add(Small(BackupPaths.SignatureOf(entry), signature));
        }

        if (entry.IsCurrent)
        {
            items.Add(Small(BackupPaths.CurrentOf(entry), System.Text.Encoding.ASCII.GetBytes(entry.Version + "\n")));
        }

        items.Add(Small(BackupPaths.ManifestOf(entry), manifest));
        return items;
    }

    private static Item Small(string path, byte[] bytes) =>
        new(new BackupFile(path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), _ => Task.FromResult<Stream>(new MemoryStream(bytes)));

    private static async Task<Item> HashedAsync(string path, Func<CancellationToken, Task<Stream>> open, CancellationToken cancel)
    {
        await using var content = await open(cancel);
        return new Item(new BackupFile(path, content.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel))), open);
    }

    /// <param name="OpenAsync">What it opens is proved, or nobody else writes it.</param>
    private sealed record Item(BackupFile File, Func<CancellationToken, Task<Stream>> OpenAsync);
}
