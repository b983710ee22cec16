using System.Globalization;
using OsDeploy.Api.Boot;

namespace OsDeploy.Screens.Console.Network;

/// <summary>A start as the list shows it.</summary>
/// <param name="Sign"><c>!</c> its host was stopped, <c>?</c> it should have been heard of by now, <c>&gt;</c> under way, <c>+</c> the agent spoke.</param>
/// <param name="Loop">Null: its host is started as usual.</param>
internal sealed record BootRow(BootRecord Record, char Sign, BootLoop? Loop, TimeZoneInfo Zone)
{
    /// <summary>Kernel and initrd of a slow PC on a slow wire are loaded by then.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    public string Id => Record.Id;

    public BootStage Stage => BootText.StageOf(Record);

    public string Action => BootText.ActionOf(Record.Action);

    public string Reason => BootText.ReasonOf(Record.Because, Record.Reason, Record.Once, Zone);

    /// <param name="isNewest">Of its computer.</param>
    /// <param name="now">The appliance's clock.</param>
    public static BootRow Of(BootRecord record, bool isNewest, IReadOnlyList<BootLoop> stopped, DateTimeOffset now, TimeZoneInfo zone)
    {
        var loop = isNewest && record.Host is not null ? stopped.FirstOrDefault(one => one.Host == record.Host) : null;
        var isAwaited = record.Action is null or "agent" or "agent-menu";
        var sign = loop is not null ? '!'
            : BootText.StageOf(record) >= BootStage.Agent ? '+'
            : !isAwaited ? ' '
            : now - record.At < s_patience ? '>'
            : '?';
        return new BootRow(record, sign, loop, zone);
    }

    /// <summary>Whether every word stands somewhere on the line.</summary>
    public bool Has(IEnumerable<string> words)
    {
        var line = string.Join('\n', Record.Name, Record.Mac, Record.Address, Action, Reason, BootText.WordOf(Stage));
        return words.All(word => line.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>With seconds: that is how starts follow each other. Older than a day: with the day.</summary>
    public string At(DateTimeOffset now, TimeZoneInfo zone) => now - Record.At < TimeSpan.FromDays(1)
        ? TimeZoneInfo.ConvertTime(Record.At, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture)
        : Times.Of(Record.At, zone)[5..];
}
