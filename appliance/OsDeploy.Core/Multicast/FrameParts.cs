namespace OsDeploy.Multicast;

/// <summary>
/// The fragments of one frame that have come. Its memory is taken once and used for one frame after another. What it gives back may be wrong
/// all the same: only the chunk's SHA-256 says.
/// </summary>
public sealed class FrameParts
{
    private readonly List<byte[]> _parity = [];
    private readonly List<int> _parityHeld = [];
    private readonly int[] _needed = new int[MaxBlocks];
    private byte[] _content = [];
    private bool[] _has = [];
    private int _blocksOpen;

    private static int MaxBlocks { get; } = FragmentPlan.For(FragmentPlan.MaxFrameLength).Blocks;

    public FragmentPlan Plan { get; private set; }

    /// <summary>Enough has come.</summary>
    public bool IsComplete => _blocksOpen == 0;

    /// <summary>The frame, once <see cref="Finish"/> was called.</summary>
    public ReadOnlyMemory<byte> Frame => _content.AsMemory(0, Plan.FrameLength);

    /// <summary>Forgets everything and waits for a frame of this plan.</summary>
    public void Begin(FragmentPlan plan)
    {
        Plan = plan;
        _blocksOpen = plan.Blocks;
        _parityHeld.Clear();
        if (_content.Length < plan.Count * plan.Size)
        {
            _content = GC.AllocateUninitializedArray<byte>(plan.Count * plan.Size);
        }

        if (_has.Length < plan.Count)
        {
            _has = new bool[plan.Count];
        }

        Array.Clear(_has);
        _content.AsSpan(plan.FrameLength, (plan.Count * plan.Size) - plan.FrameLength).Clear();
        for (var block = 0; block < plan.Blocks; block++)
        {
            _needed[block] = plan.ContentOf(block);
        }
    }

    /// <summary>Whether a fragment would bring the frame nearer.</summary>
    public bool Wants(int fragment) => Plan.Has(fragment) && _needed[Plan.BlockOf(fragment)] > 0
        && (fragment < Plan.Count ? !_has[fragment] : !_parityHeld.Contains(fragment));

    /// <summary>Where a fragment that is wanted belongs; it counts once <see cref="Keep"/> was called.</summary>
    public Span<byte> PlaceOf(int fragment)
    {
        if (fragment < Plan.Count)
        {
            return _content.AsSpan(fragment * Plan.Size, Plan.LengthOf(fragment));
        }

        if (_parity.Count == _parityHeld.Count)
        {
            _parity.Add(new byte[FragmentPlan.MaxSize]);
        }

        return _parity[_parityHeld.Count].AsSpan(0, Plan.Size);
    }

    /// <summary>What was written to <see cref="PlaceOf"/> is right.</summary>
    public void Keep(int fragment)
    {
        if (fragment < Plan.Count)
        {
            _has[fragment] = true;
        }
        else
        {
            _parityHeld.Add(fragment);
        }

        if (--_needed[Plan.BlockOf(fragment)] == 0)
        {
            _blocksOpen--;
        }
    }

    /// <summary>Makes what is missing of the content from parity.</summary>
    public void Finish()
    {
        if (_parityHeld.Count == 0)
        {
            return;
        }

        for (var block = 0; block < Plan.Blocks; block++)
        {
            Repair(block);
        }
    }

    private void Repair(int block)
    {
        var missing = Fragments(block).Where(fragment => !_has[fragment]).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        var held = Enumerable.Range(0, _parityHeld.Count).Where(i => Plan.BlockOf(_parityHeld[i]) == block).Take(missing.Length).ToArray();
        foreach (var i in held)
        {
            var row = Plan.MemberOf(_parityHeld[i]);
            foreach (var fragment in Fragments(block).Where(fragment => _has[fragment]))
            {
                ParityCode.Add(row, Plan.MemberOf(fragment), Content(fragment), _parity[i].AsSpan(0, Plan.Size));
            }
        }

        var inverse = ParityCode.Inverse([.. held.Select(i => Plan.MemberOf(_parityHeld[i]))], [.. missing.Select(fragment => Plan.MemberOf(fragment))]);
        for (var i = 0; i < missing.Length; i++)
        {
            var content = Content(missing[i]);
            content.Clear();
            for (var j = 0; j < held.Length; j++)
            {
                GaloisField.MultiplyAdd(inverse[i][j], _parity[held[j]].AsSpan(0, Plan.Size), content);
            }
        }
    }

    private IEnumerable<int> Fragments(int block)
    {
        for (var fragment = block; fragment < Plan.Count; fragment += Plan.Blocks)
        {
            yield return fragment;
        }
    }

    private Span<byte> Content(int fragment) => _content.AsSpan(fragment * Plan.Size, Plan.Size);
}
