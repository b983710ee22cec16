namespace OsDeploy.Multicast;

/// <summary>Which chunks of the table this computer still needs. Any thread may look and change.</summary>
internal sealed class ReceiverNeeds
{
    private const byte Not = 0;
    private const byte Needed = 1;
    private const byte Held = 2;
    private const byte Refused = 3;

    private readonly byte[] _states;
    private int _missing;

    public ReceiverNeeds(ChunkBits needed)
    {
        _states = new byte[needed.Count];
        for (var number = 0; number < _states.Length; number++)
        {
            _states[number] = needed[number] ? Needed : Not;
        }

        _missing = needed.CountSet();
    }

    /// <summary>Chunks that are not on the disk.</summary>
    public int Missing => Volatile.Read(ref _missing);

    public int Count => _states.Length;

    /// <summary>Datagrams of it are worth opening.</summary>
    public bool IsWanted(int number) => Volatile.Read(ref _states[number]) == Needed;

    /// <summary>It is there in whole, and waits for the disk.</summary>
    public void Hold(int number) => Volatile.Write(ref _states[number], Held);

    /// <summary>It came whole and was not the chunk: it is not taken from the stream again.</summary>
    public void Refuse(int number) => Volatile.Write(ref _states[number], Refused);

    /// <summary>It was held and found no room.</summary>
    public void Release(int number) => Volatile.Write(ref _states[number], Needed);

    /// <summary>It is on the disk.</summary>
    public void Finish(int number)
    {
        Volatile.Write(ref _states[number], Not);
        Interlocked.Decrement(ref _missing);
    }

    public bool IsMissing(int number) => Volatile.Read(ref _states[number]) != Not;

    public ChunkBits ToBits()
    {
        var bits = new ChunkBits(_states.Length);
        for (var number = 0; number < _states.Length; number++)
        {
            bits[number] = IsMissing(number);
        }

        return bits;
    }
}
