using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>What can be set, and what is fixed but good to know.</summary>
internal enum Setting
{
    Language,
    Contrast,
    Clock,
    Backup,
    Retries,
    Multicast,
    School,
    Own,
    System,
    Notifications,
    Restart,
    PowerOff,
    Shell,
    Fixed,
}

/// <param name="Id">Of its row.</param>
/// <param name="Kind">What opens on Enter.</param>
internal sealed record SettingRow(string Id, Setting Kind, string Name, string Value);

internal sealed class SettingsDesk(ConsoleContext context, TimeZoneInfo zone)
{
    public bool IsAdmin => context.Session.May(Right.Administer);

    /// <param name="isHighContrast">How the terminal looks now.</param>
    /// <param name="now">The appliance's clock.</param>
    public IReadOnlyList<SettingRow> Rows(bool isHighContrast, DateTimeOffset now) =>
    [
        new("language", Setting.Language, Words.Settings.Language, Words.Language.Current.Name),
        new("contrast", Setting.Contrast, Words.Settings.Contrast, isHighContrast ? Common.Yes : Common.No),
        new("clock", Setting.Clock, Words.Settings.Clock, Times.Of(now, zone)),
        new("backup", Setting.Backup, Words.Settings.Backup, Words.Settings.BackupNightly),
        new("retries", Setting.Retries, Words.Settings.Retries, context.Now.Status is { } status ? RetriesForm.TextOf(status.JobRetries) : ""),
        new("restart", Setting.Restart, Words.Settings.Restart, ""),
        new("off", Setting.PowerOff, Words.Settings.PowerOff, ""),
        new("shell", Setting.Shell, Words.Settings.Shell, ""),
        new("school", Setting.School, Words.Settings.School, ""),
        new("own", Setting.Own, Words.Settings.Own, ""),
        new("system", Setting.System, Systems.Setting, Printable.Of(context.Now.Status?.Program)),
        new("notifications", Setting.Notifications, Words.Health.Notifications, ""),
        new("multicast", Setting.Multicast, Carousels.Setting, ""),
        new("reserve", Setting.Fixed, Words.Settings.Reserve, Sizes.Of(StoreApi.Reserve)),
        new("quarantine", Setting.Fixed, Words.Settings.Quarantine, Words.Settings.QuarantineValue),
        new("scrub", Setting.Fixed, Words.Settings.Scrub, Words.Settings.ScrubValue),
        new("session", Setting.Fixed, Words.Settings.Session, Words.Settings.SessionValue),
        new("window", Setting.Fixed, Words.Settings.Window, Words.Settings.WindowValue),
    ];

    /// <returns>Why not; null: it can be done.</returns>
    public string? WhyNot(SettingRow? row) => row?.Kind switch
    {
        null => Words.Settings.NothingChosen,
        Setting.Fixed => Words.Settings.IsFixed,
        Setting.Language or Setting.Contrast => null,
        Setting.Shell when !context.Session.Address.StartsWith("unix:", StringComparison.Ordinal) => Words.Settings.ShellElsewhere,
        _ => IsAdmin ? null : Words.Settings.NeedsAdmin,
    };
}
