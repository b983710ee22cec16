using System.Globalization;
using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Audit;

/// <summary>Who did what, and whether anybody has changed what is written there.</summary>
internal sealed class AuditScreen : ListScreen<AuditLine>
{
    private const int FactColumns = 58;

    private readonly AuditDesk _desk;
    private readonly Background _reading;

    public AuditScreen(Workplace workplace)
        : this(workplace, new AuditDesk(workplace.Context, workplace.Dialogs.Time.LocalTimeZone))
    {
    }

    private AuditScreen(Workplace workplace, AuditDesk desk)
        : base(workplace, Columns(workplace.Dialogs.Time.LocalTimeZone), line => line.Number.ToString(CultureInfo.InvariantCulture))
    {
        _desk = desk;
        _reading = new Background(Dialogs.App, desk.ReadAsync, () => base.Show(Workplace.Now), fault => Workplace.Frame.Toast(fault is null ? "" : "! " + Printable.Of(fault.Message)));
    }

    public override string Heading => Words.Audit.Title;

    public override string Help => Words.Audit.Help;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F3, Words.Audit.ActOlder, ReadOlder, () => WhyNot ?? (_desk.HasMore ? null : Words.Audit.NoOlder), () => [_desk.Command]),
        new(Key.F4, Words.Audit.ActCheck, Check, () => WhyNot, () => [AuditDesk.CheckCommand]),
        new(Key.F5, Words.Audit.ActReload, _reading.Start, () => WhyNot, () => [_desk.Command]),
    ];

    private string? WhyNot => _desk.MayRead ? null : Words.Audit.NeedsAdmin;

    public override void Enter()
    {
        base.Enter();
        if (_desk.MayRead)
        {
            _reading.Start();
        }
        else
        {
            Workplace.Frame.Toast(Words.Audit.NeedsAdmin);
        }
    }

    public override void Leave() => _reading.Stop();

    protected override IReadOnlyList<AuditLine> RowsOf(Snapshot now) => _desk.Find(Filter);

    protected override string SummaryOf(Snapshot now) => _desk.MayRead ? _desk.Verdict : "";

    protected override void Open(AuditLine row) => Dialogs.Tell(Words.Audit.Title, FactText.Of(_desk.FactsOf(row), FactColumns));

    private void ReadOlder()
    {
        Dialogs.Wait(Words.Audit.Reading, _desk.ReadMoreAsync);
        Show(Workplace.Now);
    }

    private void Check()
    {
        Dialogs.Wait(Words.Audit.Checking, _desk.CheckAsync);
        Show(Workplace.Now);
        Dialogs.Tell(_desk.Verdict, _desk.BrokenAt is { } number ? Language.Fill(Words.Audit.BrokenText, number) : Words.Audit.WholeText);
    }

    private static Column<AuditLine>[] Columns(TimeZoneInfo zone) =>
    [
        new(Words.Audit.ColNumber, line => line.Number.ToString(CultureInfo.InvariantCulture), Most: 9, Least: 4, IsRight: true),
        new(Words.Audit.ColWhen, line => Times.Of(line.At, zone), Most: 16, Least: 16),
        new(Words.Audit.ColWho, line => Printable.Of(line.Actor), Most: 24, Least: 10),
        new(Words.Audit.ColDid, line => Printable.Of(line.Action), Most: 22, Least: 10),
        new(Words.Audit.ColWhat, line => Printable.Of(line.Subject), Most: 24, Least: 10),
        new(Words.Audit.ColDetail, line => Printable.Of(line.Detail), Most: 100, Least: 8),
    ];
}
