using System.Globalization;

namespace OsDeploy.Cli;

/// <summary>What <c>--at</c> takes: a time of the clock on the wall, or a date with it.</summary>
internal static class StartTime
{
    private static readonly string[] s_moments = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mmK"];

    /// <returns>Null if nothing was typed: now.</returns>
    /// <exception cref="UserErrorException"><c>usage-time</c></exception>
    public static DateTimeOffset? Parse(string? text, TimeProvider clock)
    {
        if (text is null)
        {
            return null;
        }

        var at = TimeOnly.TryParseExact(text, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? Next(time, clock)
            : DateTime.TryParseExact(text, s_moments, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) ? Locate(moment, clock.LocalTimeZone)
            : throw ServerErrors.UsageTime(text, "is not a time");
        return at > clock.GetUtcNow() ? at : throw ServerErrors.UsageTime(text, "is past");
    }

    private static DateTimeOffset Next(TimeOnly time, TimeProvider clock)
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().DateTime);
        var at = Locate(today.ToDateTime(time), clock.LocalTimeZone);
        return at > clock.GetUtcNow() ? at : Locate(today.AddDays(1).ToDateTime(time), clock.LocalTimeZone);
    }

    private static DateTimeOffset Locate(DateTime time, TimeZoneInfo zone) =>
        time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(time, zone.GetUtcOffset(time)) : new DateTimeOffset(time);
}
