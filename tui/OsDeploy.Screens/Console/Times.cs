using System.Globalization;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console;

/// <summary>Times as people say them, in the zone of whoever looks.</summary>
internal static class Times
{
    private const string DayAndMinute = "yyyy-MM-dd HH:mm";

    public static string Of(DateTimeOffset? time, TimeZoneInfo zone) => time is { } known ? TimeZoneInfo.ConvertTime(known, zone).ToString(DayAndMinute, CultureInfo.InvariantCulture) : "";

    public static string Clock(DateTimeOffset time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>now</c>, <c>12 min</c>, <c>3 h</c>, <c>5 days</c>: in columns there is no room for more.</summary>
    public static string Ago(DateTimeOffset? time, DateTimeOffset now) => (now - time) switch
    {
        null => Words.Common.Never,
        { TotalSeconds: < 60 } => Words.Console.JustNow,
        { TotalMinutes: < 60 } and { Minutes: var minutes } => Language.Fill(Words.Console.MinutesAgo, minutes),
        { TotalHours: < 24 } and { Hours: var hours } => Language.Fill(Words.Console.HoursAgo, hours),
        { Days: var days } => Language.Count(days, Words.Console.DaysAgoOne, Words.Console.DaysAgoOther),
    };
}
