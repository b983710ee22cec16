using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using OsDeploy.Chunks;

namespace OsDeploy.Personalisation;

/// <summary>SHA-256 of a file's bytes: what a job names is what its host gets, whatever became of the file since.</summary>
public readonly record struct ContentId(ChunkId Hash)
{
    public static ContentId Of(ReadOnlySpan<byte> content) => new(ChunkId.Of(content));

    /// <summary>Of all that follows in a stream.</summary>
    public static async Task<ContentId> OfAsync(Stream content, CancellationToken cancel) => new(new ChunkId(await SHA256.HashDataAsync(content, cancel)));

    public static bool TryParse([NotNullWhen(true)] string? text, out ContentId id)
    {
        var parsed = ChunkId.TryParse(text, out var hash);
        id = new ContentId(hash);
        return parsed;
    }

    public override string ToString() => Hash.ToString();
}
