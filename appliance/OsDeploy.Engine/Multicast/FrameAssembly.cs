namespace OsDeploy.Multicast;

/// <summary>The frames that are coming in, in a fixed amount of memory: the one begun longest ago makes room for a new one.</summary>
internal sealed class FrameAssembly(FramePool pool)
{
    private readonly Dictionary<int, LinkedListNode<IncomingFrame>> _byNumber = [];
    private readonly LinkedList<IncomingFrame> _byAge = [];

    public IncomingFrame? Find(int number) => _byNumber.TryGetValue(number, out var node) ? node.Value : null;

    /// <summary>Begins a frame, anew if it was begun.</summary>
    /// <returns>Null: all memory is taken by frames that wait for the disk.</returns>
    public IncomingFrame? Begin(int number, FragmentPlan plan)
    {
        Drop(number);
        var frame = pool.TryTake();
        if (frame is null && _byAge.First is { } oldest)
        {
            frame = Remove(oldest);
        }

        if (frame is null)
        {
            return null;
        }

        frame.Number = number;
        frame.Parts.Begin(plan);
        _byNumber.Add(number, _byAge.AddLast(frame));
        return frame;
    }

    /// <summary>Gives all back that are under way.</summary>
    public void Clear()
    {
        foreach (var frame in _byAge)
        {
            pool.Return(frame);
        }

        _byAge.Clear();
        _byNumber.Clear();
    }

    /// <summary>Takes a frame out that is complete.</summary>
    public void Take(IncomingFrame frame) => Remove(_byNumber[frame.Number]);

    private void Drop(int number)
    {
        if (_byNumber.TryGetValue(number, out var node))
        {
            pool.Return(Remove(node));
        }
    }

    private IncomingFrame Remove(LinkedListNode<IncomingFrame> node)
    {
        _byAge.Remove(node);
        _byNumber.Remove(node.Value.Number);
        return node.Value;
    }
}

/// <summary>A frame on its way from the wire to the disk.</summary>
internal sealed class IncomingFrame
{
    /// <summary>Of its chunk in the table.</summary>
    public int Number { get; set; }

    public FrameParts Parts { get; } = new();
}

/// <summary>The memory of a receiver: so many frames, made as they are needed.</summary>
internal sealed class FramePool(int most)
{
    private readonly Stack<IncomingFrame> _free = new();
    private int _made;

    public IncomingFrame? TryTake()
    {
        lock (_free)
        {
            if (_free.TryPop(out var frame) || _made == most)
            {
                return frame;
            }

            _made++;
            return new IncomingFrame();
        }
    }

    public void Return(IncomingFrame frame)
    {
        lock (_free)
        {
            _free.Push(frame);
        }
    }
}
