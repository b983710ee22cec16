using OsDeploy.Api.Appliance;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Alarms;

/// <summary>What somebody must look at, the latest first.</summary>
internal sealed class AlarmScreen : ListScreen<Alarm>
{
    private const int FactColumns = 58;

    private readonly AlarmDesk _desk;

    public AlarmScreen(Workplace workplace)
        : this(workplace, new AlarmDesk(workplace.Context, workplace.Dialogs.Time.LocalTimeZone))
    {
    }

    private AlarmScreen(Workplace workplace, AlarmDesk desk)
        : base(workplace, Columns(workplace, desk), alarm => alarm.Id) => _desk = desk;

    public override string Heading => Words.Alarms.Title;

    public override string Help => Words.Alarms.Help;

    public override IReadOnlyList<ScreenAction> Actions =>
        [new(Key.F8, Words.Alarms.ActDismiss, Dismiss, () => _desk.WhyNot(List.Selected), () => AlarmDesk.DismissCommand(List.Selected) is { } command ? [command] : [])];

    protected override IReadOnlyList<Alarm> RowsOf(Snapshot now) => AlarmDesk.Find(now, Filter);

    protected override string SummaryOf(Snapshot now) =>
        now.Status?.Alarms.Count is > 0 and var count ? Language.Count(count, Words.Alarms.SummaryOne, Words.Alarms.SummaryOther) : Words.Alarms.SummaryNone;

    protected override void Open(Alarm row) => Dialogs.Tell(Words.Alarms.Title, FactText.Of(_desk.FactsOf(row), FactColumns));

    private void Dismiss()
    {
        var alarm = List.Selected!;
        if (Dialogs.Confirm(Words.Alarms.DismissTitle, Language.Fill(Words.Alarms.DismissText, Printable.Of(alarm.Message, 300)), Words.Alarms.ActDismiss))
        {
            Dialogs.Wait(Words.Alarms.DismissTitle, cancel => _desk.DismissAsync(alarm, cancel));
            Workplace.Feed.Refresh();
            Workplace.Frame.Toast(Words.Alarms.Dismissed);
        }
    }

    private static Column<Alarm>[] Columns(Workplace workplace, AlarmDesk desk) =>
    [
        new(Words.Alarms.ColWhen, desk.WhenOf, Most: 16, Least: 16),
        new(Words.Alarms.ColHost, alarm => AlarmDesk.HostOf(alarm, workplace.Now), Most: 15, Least: 6),
        new(Words.Alarms.ColWhat, alarm => Printable.Of(alarm.Message), Most: 200, Least: 20),
    ];
}
