namespace OsDeploy.Server.Accounts;

/// <summary>Allows so many attempts in any minute.</summary>
internal sealed class AttemptWindow(int limit, TimeProvider clock)
{
    private static readonly TimeSpan s_length = TimeSpan.FromMinutes(1);

    private readonly Queue<long> _attempts = new(limit);

    /// <summary>Until the next attempt is allowed; zero: it is now.</summary>
    public TimeSpan Wait
    {
        get
        {
            while (_attempts.TryPeek(out var oldest) && clock.GetElapsedTime(oldest) >= s_length)
            {
                _attempts.Dequeue();
            }

            return _attempts.Count < limit ? TimeSpan.Zero : s_length - clock.GetElapsedTime(_attempts.Peek());
        }
    }

    /// <summary>After <see cref="Wait"/> was zero.</summary>
    public void Add() => _attempts.Enqueue(clock.GetTimestamp());
}
