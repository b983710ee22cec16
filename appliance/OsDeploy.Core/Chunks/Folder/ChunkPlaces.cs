namespace OsDeploy.Chunks.Folder;

/// <summary>
/// Where each chunk lies. Few lie in several packs (two captures stored them at once); those keep their further copies in
/// reserve, for the day the one that is served turns out to be bad. Not safe for two threads at once.
/// </summary>
internal sealed class ChunkPlaces
{
    private readonly Dictionary<ChunkId, ChunkPlace> _served = [];
    private readonly Dictionary<ChunkId, List<ChunkPlace>> _reserve = [];

    public bool TryFind(ChunkId id, out ChunkPlace place) => _served.TryGetValue(id, out place);

    /// <summary>Every copy, the one that is served first.</summary>
    public IReadOnlyList<ChunkPlace> CopiesOf(ChunkId id) =>
        !_served.TryGetValue(id, out var served) ? [] : _reserve.TryGetValue(id, out var reserve) ? [served, .. reserve] : [served];

    /// <summary>Another copy; the first of a chunk is served.</summary>
    public void Add(ChunkId id, ChunkPlace place)
    {
        // A pack that this process wrote is met again when the folder is read.
        if (_served.TryAdd(id, place) || CopiesOf(id).Any(copy => copy.Pack.Name == place.Pack.Name))
        {
            return;
        }

        if (!_reserve.TryGetValue(id, out var reserve))
        {
            _reserve.Add(id, reserve = []);
        }

        reserve.Add(place);
    }

    /// <summary>From here on this copy is served.</summary>
    public void Serve(ChunkId id, ChunkPlace place) => _served[id] = place;

    /// <summary>A copy that is bad or gone; the next one is served.</summary>
    public void Remove(ChunkId id, ChunkPlace place)
    {
        if (_reserve.TryGetValue(id, out var reserve) && reserve.Remove(place))
        {
            DropIfEmpty(id, reserve);
        }
        else if (_served.TryGetValue(id, out var served) && served == place)
        {
            _served.Remove(id);
            ServeNext(id);
        }
    }

    private void ServeNext(ChunkId id)
    {
        if (_reserve.TryGetValue(id, out var reserve))
        {
            _served[id] = reserve[0];
            reserve.RemoveAt(0);
            DropIfEmpty(id, reserve);
        }
    }

    private void DropIfEmpty(ChunkId id, List<ChunkPlace> reserve)
    {
        if (reserve.Count == 0)
        {
            _reserve.Remove(id);
        }
    }
}
