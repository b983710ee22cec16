using System.Runtime.InteropServices;

namespace OsDeploy.Server.Agents;

/// <summary>Anyone may say hello, but not without end: a room starts at once, a flood does not get through.</summary>
internal sealed class HelloLimiter(TimeProvider time)
{
    private const int MostFromAll = 3000;

    /// <summary>Many computers may share one address (a lab, a router): as many as a large room.</summary>
    private const int MostFromOne = 400;

    private static readonly TimeSpan s_span = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = new();
    private long _since = time.GetTimestamp();
    private int _all;

    /// <exception cref="UserErrorException"><c>hello-too-often</c></exception>
    public void Admit(string address)
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_since) >= s_span)
            {
                (_since, _all) = (time.GetTimestamp(), 0);
                _counts.Clear();
            }

            ref var fromOne = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, address, out _);
            if (_all >= MostFromAll || fromOne >= MostFromOne)
            {
                throw AgentErrors.TooManyHellos(); // and counts for nobody: one flood must not keep a school out
            }

            _all++;
            fromOne++;
        }
    }
}
