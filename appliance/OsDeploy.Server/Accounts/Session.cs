namespace OsDeploy.Server.Accounts;

/// <summary>A login that goes on. Its times are readings of the clock that only goes forward.</summary>
internal sealed class Session(SessionRecord record, long began)
{
    public static readonly TimeSpan MaxIdle = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan MaxLife = TimeSpan.FromHours(12);

    private static readonly TimeSpan s_saveEvery = TimeSpan.FromMinutes(1);

    private readonly long _began = began;
    private long _saved = began;

    public string Hash => record.Hash;

    public string Operator => record.Operator;

    public string Stamp => record.Stamp;

    public long LastUsed { get; private set; } = began;

    public bool HasEnded(TimeProvider clock) => clock.GetElapsedTime(LastUsed) >= MaxIdle || Left(clock) <= TimeSpan.Zero;

    /// <returns>What is to be saved now, or null: it was done less than a minute ago.</returns>
    public SessionRecord? Use(TimeProvider clock)
    {
        LastUsed = clock.GetTimestamp();
        if (clock.GetElapsedTime(_saved) < s_saveEvery)
        {
            return null;
        }

        _saved = LastUsed;
        return record with { Left = Left(clock) };
    }

    private TimeSpan Left(TimeProvider clock) => record.Left - clock.GetElapsedTime(_began);
}

/// <summary>The document of a session: after a restart of the server it goes on with the life it had left, and is not idle.</summary>
/// <param name="Hash">Of its token.</param>
/// <param name="Stamp">That of the account at the login.</param>
/// <param name="Left">Of <see cref="Session.MaxLife"/>, when this was written.</param>
internal sealed record SessionRecord(string Hash, string Operator, string Stamp, TimeSpan Left);
