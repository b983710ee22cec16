using System.Globalization;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>When work is to begin, as people write it: <c>22:30</c> is the next time it is that late.</summary>
internal static class StartTime
{
    private static readonly string[] s_days = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm"];

    /// <param name="now">In the zone that is meant.</param>
    public static bool TryParse(string text, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset? at)
    {
        at = null;
        var local = TimeZoneInfo.ConvertTime(now, zone);
        if (text.Trim().Length == 0)
        {
            return true;
        }

        if (TimeOnly.TryParseExact(text.Trim(), "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            var today = local.Date + time.ToTimeSpan();
            at = At(today > local.DateTime ? today : today.AddDays(1), zone);
            return true;
        }

        if (DateTime.TryParseExact(text.Trim(), s_days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            at = At(day, zone);
        }

        return at > now;
    }

    /// <summary>As <c>--at</c> takes it.</summary>
    public static string? ArgumentOf(DateTimeOffset? at, TimeZoneInfo zone) =>
        at is { } time ? TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) : null;

    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone) => new(local, zone.GetUtcOffset(local));
}
