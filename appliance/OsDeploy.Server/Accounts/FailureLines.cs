namespace OsDeploy.Server.Accounts;

/// <summary>
/// Which failed logins get a line in the audit log: one for an account and minute, ten in all, so that nobody fills the disk with
/// them. Accounts that do not exist are treated alike, or the time of an answer would tell them apart.
/// </summary>
internal sealed class FailureLines(TimeProvider clock)
{
    private const int Together = 10;

    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly RecentMap<string, long> _written = new(LoginLimiter.MaxEntries);
    private readonly AttemptWindow _together = new(Together, clock);
    private long _unwritten;

    /// <returns>How many failures were left out since the line before; null: this one is left out too.</returns>
    public long? TryWrite(string account)
    {
        lock (_gate)
        {
            if (_together.Wait > TimeSpan.Zero || (_written.TryGet(account, out var last) && clock.GetElapsedTime(last) < s_pause))
            {
                _unwritten++;
                return null;
            }

            _together.Add();
            _written.Set(account, clock.GetTimestamp());
            var unwritten = _unwritten;
            _unwritten = 0;
            return unwritten;
        }
    }
}
