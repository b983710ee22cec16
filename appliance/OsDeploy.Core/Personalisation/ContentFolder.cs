using System.Security.Cryptography;
using OsDeploy.Chunks;
using OsDeploy.Storage;

namespace OsDeploy.Personalisation;

/// <summary>Files by what is in them, in one folder. One that is there is whole; that it still is, is looked at whenever it is read.</summary>
public sealed class ContentFolder
{
    /// <summary>Bytes of a file: drivers of graphics cards come close.</summary>
    public const long MaxLength = 256L << 20;

    private const int BufferSize = 128 << 10;

    private readonly string _path;

    /// <param name="path">Made if it is not there; its parent must be. What was cut short in it goes.</param>
    public ContentFolder(string path)
    {
        _path = path;
        DurableFile.CreateFolder(path);
        foreach (var leftover in Directory.GetFiles(path, "*.tmp"))
        {
            File.Delete(leftover);
        }
    }

    /// <summary>Those that are there.</summary>
    public IEnumerable<ContentId> All
    {
        get
        {
            foreach (var file in Directory.EnumerateFiles(_path))
            {
                if (ContentId.TryParse(Path.GetFileName(file), out var content))
                {
                    yield return content;
                }
            }
        }
    }

    public bool Has(ContentId content) => File.Exists(PathOf(content));

    /// <summary>Keeps a file as it comes. Commit point: the rename.</summary>
    /// <exception cref="UserErrorException"><c>content-too-large</c>, <c>disk-full</c>, <c>disk-write-failed</c></exception>
    public async Task<(ContentId Content, long Size)> WriteAsync(Stream from, CancellationToken cancel)
    {
        var temporary = DurableFile.TemporaryNameFor(Path.Combine(_path, "new"));
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long size;
            await using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 }))
            {
                size = await CopyAsync(from, file, hash, cancel);
                DurableFile.Sync(file.SafeFileHandle, temporary);
            }

            var content = new ContentId(new ChunkId(hash.GetHashAndReset()));
            DurableFile.Publish(temporary, PathOf(content));
            return (content, size);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public async Task<ContentId> WriteAsync(byte[] content, CancellationToken cancel)
    {
        using var from = new MemoryStream(content);
        return (await WriteAsync(from, cancel)).Content;
    }

    /// <summary>A file, at its beginning, found to be the one that is meant.</summary>
    /// <exception cref="UserErrorException"><c>content-missing</c>, <c>content-damaged</c></exception>
    public async Task<FileStream> OpenAsync(ContentId content, CancellationToken cancel)
    {
        var path = PathOf(content);
        FileStream? file = null;
        try
        {
            file = new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
            if (await ContentId.OfAsync(file, cancel) != content)
            {
                throw Errors.ContentDamaged(path);
            }

            file.Position = 0;
            return file;
        }
        catch (FileNotFoundException e)
        {
            throw Errors.ContentMissing(content.ToString(), e);
        }
        catch (IOException e)
        {
            await DisposeAsync(file);
            throw Errors.ContentDamaged(path, e);
        }
        catch
        {
            await DisposeAsync(file);
            throw;
        }
    }

    /// <summary>The bytes of a small file.</summary>
    /// <exception cref="UserErrorException"><c>content-missing</c>, <c>content-damaged</c></exception>
    public async Task<byte[]> ReadAsync(ContentId content, CancellationToken cancel)
    {
        await using var file = await OpenAsync(content, cancel);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    public void Delete(ContentId content) => File.Delete(PathOf(content));

    private static ValueTask DisposeAsync(FileStream? file) => file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private string PathOf(ContentId content) => Path.Combine(_path, content.ToString());

    private async Task<long> CopyAsync(Stream from, FileStream to, IncrementalHash hash, CancellationToken cancel)
    {
        var buffer = new byte[BufferSize];
        long size = 0;
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0; size += read)
        {
            if (size + read > MaxLength)
            {
                throw Errors.ContentTooLarge(MaxLength);
            }

            hash.AppendData(buffer, 0, read);
            try
            {
                await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
            catch (IOException e)
            {
                throw Errors.WriteFailed(_path, e);
            }
        }

        return size;
    }
}
