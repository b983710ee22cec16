using OsDeploy.Chunks;
using OsDeploy.Images;

namespace OsDeploy.Multicast;

/// <summary>Where on the disks of this computer each chunk of the table goes: some go to many places, most to one or none.</summary>
internal sealed class ChunkPlacement
{
    private readonly ChunkTable _table;
    private readonly IReadOnlyList<RegionWork> _work;

    // Sorted by number: millions of them take no more than this.
    private readonly (int Number, int Work, int Chunk)[] _places;

    public ChunkPlacement(ChunkTable table, IReadOnlyList<RegionWork> work)
    {
        (_table, _work) = (table, work);
        ChunkSize = work[0].Region.Index.ChunkSize;
        _places = [.. work.SelectMany((one, i) => one.Chunks.Select((chunk, j) => (Number: NumberOf(chunk), i, j))).Where(place => place.Number >= 0)];
        Array.Sort(_places);
    }

    public int ChunkSize { get; }

    public ChunkId IdOf(int number) => _table[number];

    public IEnumerable<(RegionWork Work, RegionChunk Chunk)> Of(int number)
    {
        var first = Array.BinarySearch(_places, (number, -1, -1));
        for (var i = ~first; i < _places.Length && _places[i].Number == number; i++)
        {
            yield return (_work[_places[i].Work], _work[_places[i].Work].Chunks[_places[i].Chunk]);
        }
    }

    /// <summary>What did not come by the stream, zero chunks among it.</summary>
    public IReadOnlyList<RegionWork> Left(ReceiverNeeds needs) =>
    [
        .. _work.Select(one => one with { Chunks = [.. one.Chunks.Where(chunk => NumberOf(chunk) is var number && (number < 0 || needs.IsMissing(number)))] }),
    ];

    private int NumberOf(RegionChunk chunk) => chunk.Id is { } id ? _table.NumberOf(id) : -1;
}
