using OsDeploy.Images;
using OsDeploy.Screens.Console.Domains;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Configurations;

/// <summary>The partitions of one configuration. Enter says what becomes of one.</summary>
internal sealed class PlanScreen : ListScreen<PlanRow>
{
    private readonly string _id;
    private readonly Later _later;
    private VersionList? _versions;

    /// <param name="id">Of the configuration.</param>
    public PlanScreen(Workplace workplace, string id)
        : base(workplace, Columns(), row => row.Number)
    {
        _id = id;
        _later = new Later(workplace, () => Show(workplace.Now));
    }

    public override string Heading => Language.Fill(Words.Configurations.PlanScreenTitle, View(Workplace.Now)?.Configuration.Name);

    public override string Help => Words.Configurations.PlanScreenHelp;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F4, Words.Actions.ActionEdit, () => Open(List.Selected!), () => List.Selected is null ? Words.Configurations.NothingChosen : null),
        new(Key.F5, Words.Domains.ActionJoin, () => Dialogs.Ask(JoinForm.Of(Workplace.Context, View(Workplace.Now)!)), () => View(Workplace.Now) is null ? Words.Configurations.NothingChosen : null),
    ];

    public override void Enter()
    {
        base.Enter();
        if (View(Workplace.Now) is { Configuration: { Store: null, Image: var image } })
        {
            _versions = new VersionList(Workplace.Context, ImageKind.Image, image);
            _versions.Update(Workplace.Now);
            _later.Begin(_versions.ReadAsync);
        }
    }

    protected override IReadOnlyList<PlanRow> RowsOf(Snapshot now) => View(now) is not { Configuration: var configuration } ? [] :
        [.. PlanList.Of(configuration, _versions?.CurrentPartitions ?? []).Where(row => $"{row.Number} {row.Label} {row.FileSystem} {row.Meaning}".Contains(Filter, StringComparison.OrdinalIgnoreCase))];

    protected override void Open(PlanRow row)
    {
        if (View(Workplace.Now) is { } view)
        {
            Dialogs.Ask(new PlanForm(Workplace.Context, view, row.Plan).Model);
        }
    }

    private static IReadOnlyList<Column<PlanRow>> Columns() =>
    [
        new(Words.Actions.ColumnNumber, row => row.Number, 6, 3),
        new(Words.Configurations.ColumnSize, row => row.Size, 10, 6, IsRight: true),
        new(Words.Configurations.ColumnUsed, row => row.Used, 10, 6, IsRight: true),
        new(Words.Configurations.ColumnFileSystem, row => row.FileSystem, 12, 5),
        new(Words.Configurations.ColumnLabel, row => row.Label, 20, 5),
        new(Words.Configurations.ColumnMeaning, row => row.Meaning, 120, 20),
    ];

    private Api.Configurations.ConfigurationView? View(Snapshot now) => now.Configurations.FirstOrDefault(view => view.Configuration.Id == _id);
}
