using OsDeploy.Text;

namespace OsDeploy.Agent;

/// <summary>
/// Lines of a job, kept until the server has acknowledged them. Any thread may say one. Numbers only grow within a job, and a server drops what
/// is not above those it has: each lease has a stretch of its own, so that a computer that was restarted need not know how far it had come.
/// </summary>
internal sealed class JobLog(Action<string> show, long fence)
{
    private const int MaxLine = 400;
    private const int LinesPerLease = 250;
    private const int MostLeases = 19; // a server keeps 5000 lines

    // With every letter escaped in JSON, half of what a request may carry.
    private const int MostAtOnce = 50;

    private readonly Lock _gate = new();
    private readonly Queue<string> _waiting = [];
    private long _first = FirstOf(fence);

    public void Say(string line)
    {
        var clean = Printable.Of(line, MaxLine);
        lock (_gate)
        {
            _waiting.Enqueue(clean);
        }

        show(clean);
    }

    /// <returns>Lines the server has not acknowledged, the number of the first, and whether these are all.</returns>
    public (long First, IReadOnlyList<string> Lines, bool IsAll) Waiting()
    {
        lock (_gate)
        {
            return (_first, [.. _waiting.Take(MostAtOnce)], _waiting.Count <= MostAtOnce);
        }
    }

    /// <summary>The server has these lines.</summary>
    public void Acknowledge(long first, int count)
    {
        lock (_gate)
        {
            for (; _first < first + count; _first++)
            {
                _waiting.Dequeue();
            }
        }
    }

    /// <summary>The same job under a new lease; what was not acknowledged comes with it.</summary>
    public void Adopt(long newFence)
    {
        lock (_gate)
        {
            _first = Math.Max(_first, FirstOf(newFence));
        }
    }

    private static long FirstOf(long fence) => 1 + (Math.Clamp(fence - 1, 0, MostLeases) * LinesPerLease);
}
