using System.Security.Cryptography;
using OsDeploy.Chunks;
using OsDeploy.Images;

namespace OsDeploy.Multicast;

/// <summary>
/// The distinct chunks of a version in disk order. Both ends make it of the manifest and its indexes; a chunk's place in it stands for its id
/// in datagrams.
/// </summary>
public sealed class ChunkTable
{
    private readonly ChunkId[] _ids;
    private readonly Dictionary<ChunkId, int> _numbers;

    /// <param name="ids">Those that come again are left out.</param>
    public ChunkTable(IEnumerable<ChunkId> ids)
    {
        _numbers = [];
        var kept = new List<ChunkId>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[ChunkId.Size];
        foreach (var id in ids)
        {
            if (_numbers.TryAdd(id, kept.Count))
            {
                kept.Add(id);
                id.CopyTo(bytes);
                hash.AppendData(bytes);
            }
        }

        _ids = [.. kept];
        Fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>SHA-256 of all ids: two ends with the same one mean the same by a number.</summary>
    public string Fingerprint { get; }

    public int Count => _ids.Length;

    public ChunkId this[int number] => _ids[number];

    public static async Task<ChunkTable> ReadAsync(IImageStore store, Manifest manifest, CancellationToken cancel)
    {
        var ids = new List<ChunkId>();
        foreach (var region in manifest.Regions())
        {
            ids.AddRange(RegionIndex.Parse(await store.ReadIndexAsync(region.Index, cancel)).ChunkIds());
        }

        return new ChunkTable(ids);
    }

    /// <returns>Its number, or -1.</returns>
    public int NumberOf(ChunkId id) => _numbers.GetValueOrDefault(id, -1);

    /// <summary>The ids of a stretch, for a store that reads ahead.</summary>
    public ReadOnlySpan<ChunkId> Slice(int first, int count) => _ids.AsSpan(first, count);
}
