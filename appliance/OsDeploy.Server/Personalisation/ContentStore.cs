using System.Collections.Concurrent;
using OsDeploy.Personalisation;

namespace OsDeploy.Server.Personalisation;

/// <summary>
/// The files that hosts get besides their image. One goes when nothing names it; what came or was named lately is kept, for whoever has just
/// sent it has yet to say what it is for.
/// </summary>
internal sealed class ContentStore(ContentFolder folder, TimeProvider time)
{
    private static readonly TimeSpan s_grace = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<ContentId, long> _touched = new();

    /// <inheritdoc cref="ContentFolder.WriteAsync(Stream, CancellationToken)"/>
    public async Task<(ContentId Content, long Size)> WriteAsync(Stream from, CancellationToken cancel)
    {
        var written = await folder.WriteAsync(from, cancel);
        _touched[written.Content] = time.GetTimestamp();
        return written;
    }

    /// <summary>Sees to it that a small file is there.</summary>
    public async Task<ContentId> EnsureAsync(byte[] bytes, CancellationToken cancel)
    {
        var content = ContentId.Of(bytes);
        _touched[content] = time.GetTimestamp();
        return folder.Has(content) ? content : await folder.WriteAsync(bytes, cancel);
    }

    /// <inheritdoc cref="ContentFolder.OpenAsync"/>
    public Task<FileStream> OpenAsync(ContentId content, CancellationToken cancel) => folder.OpenAsync(content, cancel);

    /// <inheritdoc cref="ContentFolder.ReadAsync"/>
    public Task<byte[]> ReadAsync(ContentId content, CancellationToken cancel) => folder.ReadAsync(content, cancel);

    /// <returns>Whether it is there; it stays for now.</returns>
    public bool Hold(ContentId content)
    {
        _touched[content] = time.GetTimestamp();
        return folder.Has(content);
    }

    /// <summary>Deletes what nothing names.</summary>
    /// <param name="used">All that is named, asked once what is there is known.</param>
    /// <returns>How many went.</returns>
    public int Sweep(Func<IReadOnlySet<ContentId>> used)
    {
        var there = folder.All.ToList();
        foreach (var (content, _) in _touched.Where(one => time.GetElapsedTime(one.Value) > s_grace))
        {
            _touched.TryRemove(content, out _);
        }

        var named = used();
        var unused = there.Where(content => !named.Contains(content) && !_touched.ContainsKey(content)).ToList();
        unused.ForEach(folder.Delete);
        return unused.Count;
    }
}
