using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Appliance;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Alarms;

/// <summary>What somebody must look at.</summary>
internal sealed class AlarmDesk(ConsoleContext context, TimeZoneInfo zone)
{
    public static IReadOnlyList<Alarm> Find(Snapshot now, string filter)
    {
        var alarms = now.Status?.Alarms ?? [];
        var words = filter.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? alarms : [.. alarms.Where(alarm => words.All(word => $"{alarm.Code}\n{alarm.Message}\n{HostOf(alarm, now)}".Contains(word, StringComparison.OrdinalIgnoreCase)))];
    }

    /// <summary>Name of the host it is about; a dash: the appliance itself.</summary>
    public static string HostOf(Alarm alarm, Snapshot now) => alarm.Host is { } id ? now.Hosts.GetValueOrDefault(id)?.Host.Name.ToString() ?? "?" : "-";

    public string WhenOf(Alarm alarm) => Times.Of(alarm.At, zone);

    public IReadOnlyList<Fact> FactsOf(Alarm alarm) => Fact.Of(
        (Words.Alarms.When, WhenOf(alarm)),
        (Words.Alarms.Host, HostOf(alarm, context.Now)),
        (Words.Alarms.Job, alarm.Job),
        (Words.Alarms.What, Printable.Of(alarm.Message, 500)),
        (Words.Alarms.Hint, Printable.Of(alarm.Hint, 500)),
        (Words.Alarms.Code, Printable.Of(alarm.Code)));

    public string? WhyNot(Alarm? alarm) =>
        alarm is null ? Words.Alarms.NothingChosen : context.Session.May(Right.StartRestores) ? null : Words.Alarms.NotAllowed;

    public Task DismissAsync(Alarm alarm, CancellationToken cancel) => context.Session.CallAsync(ApplianceApi.DismissAlarm, cancel, alarm.Id);

    public static CommandLine? DismissCommand(Alarm? alarm) => alarm is null ? null : new CommandLine("alarm", "dismiss", alarm.Id);
}
