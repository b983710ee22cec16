namespace OsDeploy.Tests.Screens.Console;

/// <summary>The clock on the wall stands still, in UTC; timers go on. So that a screen with times on it is the same each time.</summary>
internal sealed class StillClock : TimeProvider
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Now;
}
