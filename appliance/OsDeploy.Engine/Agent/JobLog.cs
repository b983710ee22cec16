using OsDeploy.Text;

namespace OsDeploy.Agent;

/// <summary>
/// Lines of a job, numbered from 1 for each lease, kept until the server has acknowledged them. Any thread may say one.
/// </summary>
internal sealed class JobLog(Action<string> show)
{
    private const int MaxLine = 400;
    private const int MostAtOnce = 200;

    private readonly Lock _gate = new();
    private readonly Queue<string> _waiting = [];
    private long _first = 1;

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

    /// <summary>A new lease counts from 1 again; what was not acknowledged comes with it.</summary>
    public void StartOver()
    {
        lock (_gate)
        {
            _first = 1;
        }
    }
}
