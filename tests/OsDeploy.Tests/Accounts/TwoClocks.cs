namespace OsDeploy.Tests.Accounts;

/// <summary>The clock that only goes forward and the one on the wall, which somebody may set to anything.</summary>
internal sealed class TwoClocks : TimeProvider
{
    private TimeSpan _passed = TimeSpan.FromDays(3);
    private DateTimeOffset _wall = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _passed.Ticks;

    public override DateTimeOffset GetUtcNow() => _wall;

    public void Pass(TimeSpan time) => (_passed, _wall) = (_passed + time, _wall + time);

    public void SetWall(DateTimeOffset wall) => _wall = wall;
}
