using OsDeploy.Images;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Store;

/// <summary>The versions of all images, or the manual images.</summary>
internal sealed class StoreScreen : ListScreen<VersionRow>
{
    private const int FactColumns = 58;

    private readonly StoreDesk _desk;
    private readonly StoreDeeds _deeds;
    private readonly Background _reading;
    private readonly Background _weighing;
    private object? _seen;

    public StoreScreen(Workplace workplace, ImageKind kind)
        : this(workplace, new StoreDesk(workplace.Context, kind, workplace.Dialogs.Time))
    {
    }

    private StoreScreen(Workplace workplace, StoreDesk desk)
        : base(workplace, StoreColumns.For(desk), row => row.Version.ToString())
    {
        _desk = desk;
        _deeds = new StoreDeeds(workplace, desk, () => List.Selected, Read);
        _weighing = new Background(Dialogs.App, WeighAsync, Draw, _ => { });
        _reading = new Background(Dialogs.App, desk.ReadAsync, ShowRead, Tell);
    }

    public override string Heading => _desk.Kind == ImageKind.Manual ? Words.Store.ManualTitle : Words.Store.Title;

    public override string Help => _desk.Kind == ImageKind.Manual ? Words.Store.ManualHelp : Words.Store.Help;

    public override IReadOnlyList<ScreenAction> Actions => _deeds.Actions;

    public override void Show(Snapshot now)
    {
        base.Show(now);
        if (_seen != (object)now.Versions)
        {
            _seen = now.Versions;
            Read();
        }
    }

    public override void Leave()
    {
        _reading.Stop();
        _weighing.Stop();
        _seen = null;
    }

    protected override IReadOnlyList<VersionRow> RowsOf(Snapshot now) => _desk.Find(Filter);

    protected override string SummaryOf(Snapshot now) => now.Status?.Store is not { } store ? ""
        : store.DamagedChunks > 0 ? Language.Fill(Words.Store.SummaryDamaged, store.DamagedChunks, Sizes.Of(store.FreeBytes))
        : Language.Fill(Words.Store.Summary, Sizes.Of(store.FreeBytes), store.ScrubbedAt is { } at ? Times.Of(at, _desk.Zone) : Common.Never);

    protected override void Open(VersionRow row) => Dialogs.Tell(row.Name, FactText.Of(StoreText.DetailsOf(row, _desk), FactColumns));

    private void Read() => _reading.Start();

    private void ShowRead()
    {
        Draw();
        _weighing.Start();
    }

    private void Draw() => base.Show(Workplace.Now);

    private void Tell(UserErrorException? fault) => Workplace.Frame.Toast(fault is null ? "" : "! " + Printable.Of(fault.Message));

    private async Task WeighAsync(CancellationToken cancel)
    {
        foreach (var row in _desk.Unweighed)
        {
            await _desk.WeighAsync(row, withOnly: false, cancel);
            Dialogs.App.Invoke(Draw);
        }
    }
}
