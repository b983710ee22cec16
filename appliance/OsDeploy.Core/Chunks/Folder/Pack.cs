namespace OsDeploy.Chunks.Folder;

/// <summary>One pack file. Its path changes once: when it is sealed.</summary>
internal sealed class Pack(string path)
{
    public string Path { get; set; } = path;

    /// <summary>What damage marks call it.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Its index was damaged, so its chunks were found by reading it; the next prune writes it anew.</summary>
    public bool IsIndexDamaged { get; set; }
}

/// <summary>Where a chunk's frame lies.</summary>
internal readonly record struct ChunkPlace(Pack Pack, int Offset, int Length);

/// <summary>A frame in a pack, as the pack's index lists it.</summary>
/// <param name="Offset">Of the frame, behind its record header.</param>
internal readonly record struct PackEntry(ChunkId Id, int Offset, int Length)
{
    public int End => Offset + Length;

    /// <summary>What the chunk costs: record header, frame and index entry.</summary>
    public long StoredLength => PackFormat.RecordHeaderLength + Length + PackFormat.EntryLength;
}
