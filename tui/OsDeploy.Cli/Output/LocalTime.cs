using System.Globalization;

namespace OsDeploy.Cli.Output;

/// <summary>Times as the clock on the wall shows them, to the minute.</summary>
internal static class LocalTime
{
    /// <returns>A dash for never.</returns>
    public static string Of(TimeProvider clock, DateTimeOffset? time) => time is { } at
        ? TimeZoneInfo.ConvertTime(at, clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : "-";
}
