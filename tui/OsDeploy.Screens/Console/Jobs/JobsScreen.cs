using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>All batches, the newest first.</summary>
internal sealed class JobsScreen(Workplace workplace) : ListScreen<BatchView>(workplace, ColumnsOf(workplace), view => view.Batch.Id)
{
    public override string Heading => Words.Actions.JobsTitle;

    public override string Help => Words.Actions.JobsHelp;

    protected override IReadOnlyList<BatchView> RowsOf(Snapshot now) =>
        [.. now.Batches.Where(view => JobText.KindOf(view.Batch.Kind).Contains(Filter, StringComparison.OrdinalIgnoreCase) || view.Batch.CreatedBy.Contains(Filter, StringComparison.OrdinalIgnoreCase))];

    protected override void Open(BatchView row) => Workplace.Frame.Push(new BatchScreen(Workplace, row.Batch.Id));

    private static IReadOnlyList<Column<BatchView>> ColumnsOf(Workplace at) =>
    [
        new(Words.Actions.ColumnNumber, view => JobText.NumberOf(view.Batch.Id), 8, 3, IsRight: true),
        new(Words.Actions.ColumnKind, view => JobText.KindOf(view.Batch.Kind), 20, 8),
        new(Words.Actions.ColumnStarted, view => Times.Of(view.Batch.CreatedAt, at.Dialogs.Time.LocalTimeZone), 16, 16),
        new(Words.Actions.ColumnBy, view => view.Batch.CreatedBy, 16, 4),
        new(Words.Actions.ColumnVerified, view => Figure(view.Verified), 8, 3, IsRight: true),
        new(Words.Actions.ColumnFailed, view => view.Failed > 0 ? "! " + Figure(view.Failed) : "", 8, 3, IsRight: true),
        new(Words.Actions.ColumnRunning, view => Figure(view.Running + view.Waiting), 8, 3, IsRight: true),
        new(Words.Actions.ColumnRate, view => view.Batch.EndedAt is null ? JobText.Rate(view.BytesPerSecond) : "", 12, 4, IsRight: true),
    ];

    private static string Figure(int number) => number == 0 ? "" : number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
