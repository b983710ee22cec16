using System.Security.Cryptography;
using OsDeploy.Chunks;

namespace OsDeploy.Personalisation;

/// <summary>Files that a personality names, wherever they come from: nothing is taken whose hash is not the one that was named.</summary>
/// <param name="open">Their bytes, in any pieces.</param>
public sealed class PersonalContent(Func<ContentId, CancellationToken, Task<Stream>> open)
{
    /// <summary>Bytes of a file that is looked into: a template, a registry file, a script.</summary>
    private const int MostRead = 16 << 20;

    private readonly Dictionary<ContentId, byte[]> _read = [];

    /// <exception cref="UserErrorException"><c>personal-content</c></exception>
    public async Task<byte[]> ReadAsync(ContentId id, CancellationToken cancel)
    {
        if (_read.TryGetValue(id, out var known))
        {
            return known;
        }

        using var bytes = new MemoryStream();
        await CopyAsync(id, MostRead, bytes, cancel);
        return _read[id] = bytes.ToArray();
    }

    /// <exception cref="UserErrorException"><c>personal-content</c>; what was copied must not be used</exception>
    public async Task CopyAsync(PersonalFile file, Stream to, CancellationToken cancel)
    {
        if (_read.TryGetValue(file.Content, out var known))
        {
            await to.WriteAsync(known, cancel);
            return;
        }

        await CopyAsync(file.Content, file.Size, to, cancel);
    }

    private async Task CopyAsync(ContentId id, long most, Stream to, CancellationToken cancel)
    {
        await using var from = await open(id, cancel);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 << 10];
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0; most -= read)
        {
            if (read > most)
            {
                throw PersonalErrors.WrongContent(id);
            }

            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        if (new ContentId(new ChunkId(hash.GetHashAndReset())) != id)
        {
            throw PersonalErrors.WrongContent(id);
        }
    }
}
