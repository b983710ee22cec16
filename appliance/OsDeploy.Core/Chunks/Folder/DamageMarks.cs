using OsDeploy.Storage;

namespace OsDeploy.Chunks.Folder;

/// <param name="Pack">The pack whose copy is bad; null: the chunk is missing.</param>
internal readonly record struct DamageMark(ChunkId Chunk, string? Pack);

/// <summary>
/// What is known to be bad: an empty file <c>ID.PACK</c> for each bad copy of a chunk (a copy in another pack may be good) and
/// <c>ID.missing</c> for a chunk that a version needs and no pack has.
/// </summary>
internal sealed class DamageMarks(string folder)
{
    /// <summary>Stands for record headers of a pack: no content has this SHA-256.</summary>
    public static readonly ChunkId RecordHeaders;

    private const string Missing = "missing";

    public IReadOnlySet<DamageMark> Read() => Directory.EnumerateFiles(folder).Select(Parse).OfType<DamageMark>().ToHashSet();

    public void Add(DamageMark mark) => DurableFile.Write(PathOf(mark), [], overwrite: false);

    public void Remove(DamageMark mark) => DurableFile.Delete(PathOf(mark));

    private string PathOf(DamageMark mark) => Path.Combine(folder, $"{mark.Chunk}.{mark.Pack ?? Missing}");

    private static DamageMark? Parse(string path)
    {
        var (id, place) = (Path.GetFileNameWithoutExtension(path), Path.GetExtension(path).TrimStart('.'));
        return ChunkId.TryParse(id, out var chunk) ? new DamageMark(chunk, place == Missing ? null : place) : null;
    }
}
