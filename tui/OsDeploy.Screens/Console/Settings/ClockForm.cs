using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>Sets the appliance's clock, by the clock on the wall of whoever sits here.</summary>
internal static class ClockForm
{
    private const string Format = "yyyy-MM-dd HH:mm";

    /// <param name="now">What the appliance believes.</param>
    public static FormModel Of(ConsoleContext context, DateTimeOffset now, TimeZoneInfo zone)
    {
        var time = new TextEntry("time", Words.Settings.ClockTime, Times.Of(now, zone)) { IsRequired = true, Rule = text => Parse(text, zone) is null ? Words.Settings.ClockRule : null, Help = Words.Settings.ClockRule };
        return new FormModel(
            Words.Settings.ClockTitle,
            [new InfoEntry("zone", () => Language.Fill(Words.Settings.ClockZone, OffsetOf(now, zone))), time, new InfoEntry("effect", () => Words.Settings.ClockEffect) { IsWarning = true }],
            new FormAction("set", Words.Settings.ClockAction, cancel => context.Session.CallAsync(ApplianceApi.SetClock, new ClockSetting(Parse(time.Value, zone)!.Value), cancel)))
        {
            Help = Words.Settings.ClockEffect,
            Equivalent = () => [Command(Parse(time.Value, zone))],
        };
    }

    /// <returns>Null: it is no time.</returns>
    public static DateTimeOffset? Parse(string text, TimeZoneInfo zone) =>
        DateTime.TryParseExact(text.Trim(), Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && !zone.IsInvalidTime(time)
            ? new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime()
            : null;

    private static CommandLine Command(DateTimeOffset? time) =>
        new CommandLine("appliance", "clock").With(time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture));

    private static string OffsetOf(DateTimeOffset now, TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(now);
        return string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? "-" : "+")}{offset:hh\\:mm}");
    }
}
