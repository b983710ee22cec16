using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Health;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Health;

/// <summary>How the appliance itself is, what needs somebody first.</summary>
internal sealed class HealthScreen : ListScreen<HealthItem>
{
    private const int FactColumns = 58;

    private readonly HealthDesk _desk;
    private readonly Later _later;

    public HealthScreen(Workplace workplace)
        : this(workplace, cancel => workplace.Session.CallAsync(HealthApi.Show, cancel))
    {
    }

    /// <param name="ask">Asks the appliance.</param>
    public HealthScreen(Workplace workplace, Func<CancellationToken, Task<HealthReport>> ask)
        : base(workplace, Columns(), item => item.Id)
    {
        _desk = new HealthDesk(ask);
        _later = new Later(workplace, () => base.Show(Workplace.Now));
    }

    public override string Heading => Words.Health.Title;

    public override string Help => Words.Health.Help;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F5, Words.Health.ActLook, () => _later.Begin(_desk.ReadAsync), () => null, () => [HealthDesk.Command]),
        new(Key.F7, Words.Health.ActBundle, WriteBundle, () => Workplace.Session.May(Right.Administer) ? null : Words.Settings.NeedsAdmin, () => [SupportForm.Command("FILE")]),
    ];

    protected override IReadOnlyList<HealthItem> RowsOf(Snapshot now) => _desk.Find(Filter);

    protected override string SummaryOf(Snapshot now) => _desk.Summary();

    protected override void Open(HealthItem row) => Dialogs.Tell(Words.Health.Title, FactText.Of(HealthDesk.FactsOf(row), FactColumns));

    public override void Enter()
    {
        base.Enter();
        _later.Begin(_desk.ReadAsync);
    }

    private void WriteBundle()
    {
        var form = new SupportForm(Workplace.Context, Workplace.Feed.Now);
        Dialogs.Ask(form.Model);
        if (form.Written is { } bytes)
        {
            Workplace.Frame.Toast(Printable.Of(Language.Fill(Words.Settings.BackupDone, form.Model.Get<TextEntry>("file").Value, Sizes.Of(bytes))));
        }
    }

    private static Column<HealthItem>[] Columns() =>
    [
        new(Words.Health.ColState, HealthDesk.StateOf, Most: 11, Least: 11),
        new(Words.Health.ColWhat, item => Printable.Of(item.Id), Most: 16, Least: 12),
        new(Words.Health.ColText, item => Printable.Of(item.Text, 300), Most: 200, Least: 20),
    ];
}
