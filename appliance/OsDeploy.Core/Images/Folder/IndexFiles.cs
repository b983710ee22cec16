using OsDeploy.Chunks;
using OsDeploy.Storage;

namespace OsDeploy.Images.Folder;

/// <summary>Index objects of a store: immutable files named by the SHA-256 of their bytes.</summary>
internal sealed class IndexFiles(StoreFolder folder)
{
    public IEnumerable<ChunkId> All()
    {
        foreach (var path in Directory.EnumerateFiles(folder.Objects))
        {
            if (ChunkId.TryParse(Path.GetFileName(path), out var id))
            {
                yield return id;
            }
        }
    }

    public bool Has(ChunkId index) => File.Exists(folder.ObjectPath(index));

    /// <exception cref="UserErrorException"><c>index-missing</c>, <c>index-damaged</c>, <c>store-read-failed</c></exception>
    public byte[] Read(ChunkId index)
    {
        try
        {
            var bytes = File.ReadAllBytes(folder.ObjectPath(index));
            return ChunkId.Of(bytes) == index ? bytes : throw Errors.IndexDamaged(index, folder.Root);
        }
        catch (FileNotFoundException)
        {
            throw Errors.IndexMissing(index, folder.Root);
        }
        catch (IOException e)
        {
            throw Errors.StoreReadFailed(folder.ObjectPath(index), e);
        }
    }

    /// <exception cref="UserErrorException"><c>index-missing</c>, <c>index-damaged</c>, <c>store-read-failed</c></exception>
    public RegionIndex Parse(ChunkId index)
    {
        try
        {
            return RegionIndex.Parse(Read(index));
        }
        catch (FormatException e)
        {
            throw Errors.IndexDamaged(index, folder.Root, e);
        }
    }

    /// <summary>Adds an index object, durably; one that is there and good stays, a damaged one is replaced.</summary>
    public ChunkId Write(ReadOnlySpan<byte> bytes)
    {
        var index = ChunkId.Of(bytes);
        if (!IsGood(index))
        {
            DurableFile.Write(folder.ObjectPath(index), bytes, overwrite: true);
        }

        return index;
    }

    /// <summary>Moves a damaged index object out of the way, so that it counts as missing and can be written anew.</summary>
    public void SetAside(ChunkId index) =>
        DurableFile.Move(folder.ObjectPath(index), Path.Combine(folder.Packs.Damaged, index + ".object"));

    public void Delete(ChunkId index) => DurableFile.Delete(folder.ObjectPath(index));

    private bool IsGood(ChunkId index)
    {
        try
        {
            Read(index);
            return true;
        }
        catch (UserErrorException e) when (e.Code is "index-missing" or "index-damaged")
        {
            return false;
        }
    }
}
