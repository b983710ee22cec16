using System.Diagnostics.CodeAnalysis;
using OsDeploy.Chunks;

namespace OsDeploy.Images;

/// <summary>SHA-256 of a manifest's bytes: names an image version and is the root of trust for everything it restores.</summary>
public readonly record struct VersionId(ChunkId Hash)
{
    /// <summary>Enough digits to tell the versions of a school apart; any unique prefix of 6 or more is accepted from people.</summary>
    public string Short => Hash.ToString()[..12];

    public static VersionId Of(ReadOnlySpan<byte> manifest) => new(ChunkId.Of(manifest));

    public static bool TryParse([NotNullWhen(true)] string? text, out VersionId id)
    {
        var parsed = ChunkId.TryParse(text, out var hash);
        id = new VersionId(hash);
        return parsed;
    }

    public override string ToString() => Hash.ToString();
}
