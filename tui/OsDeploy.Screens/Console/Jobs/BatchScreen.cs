using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>Jobs that were started together, host by host, with the rate of all of them as a chart.</summary>
internal sealed class BatchScreen : ListScreen<BatchRow>
{
    private const int BarColumns = 10;
    private const int ChartRows = 5;

    private static readonly IReadOnlyList<Column<BatchRow>> s_columns =
    [
        new(Words.Actions.ColumnName, row => row.Name, 15, 8),
        new(Words.Actions.ColumnState, row => row.State, 22, 10),
        new(Words.Actions.ColumnProgress, row => Bars.Of(row.Fraction, BarColumns), BarColumns + 6, BarColumns + 6),
        new(Words.Actions.ColumnRate, row => row.Rate, 12, 4, IsRight: true),
        new(Words.Actions.ColumnLeft, row => JobText.Left(row.Left), 10, 4, IsRight: true),
        new(Words.Actions.ColumnBottleneck, row => row.Bottleneck, 8, 3),
        new(Words.Actions.ColumnResult, row => row.Result, 200, 6),
    ];

    private readonly BatchBoard _board;
    private readonly RateChart _chart = new() { Y = Pos.AnchorEnd(ChartRows), Width = Dim.Fill(), Height = ChartRows };

    private readonly PlainText _stream = new() { Width = Dim.Fill(), Height = 0 };
    private int _streamRows;
    private (bool Start, bool Stop) _can;

    public BatchScreen(Workplace workplace, string batch)
        : base(workplace, s_columns, row => row.Id)
    {
        _board = new BatchBoard(batch, workplace.Dialogs.Time.LocalTimeZone);
        List.Height = Dim.Fill(ChartRows);
        Add(_stream, _chart);
    }

    public override string Heading => _board.Title;

    public override string Help => Words.Actions.BatchHelp;

    public override IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F2, Words.Actions.Remedy, Mend, WhyNoRemedy),
        .. StreamActions.CanStart(_board.Carousel)
            ? [new ScreenAction(Key.F3, Words.Carousels.ActStart, () => Change(StreamActions.Start(Workplace.Context, _board.Carousel!)))]
            : Array.Empty<ScreenAction>(),
        new(Key.F4, Words.Actions.ChooseDisk, ChooseDisk, () => Selected is { } view && JobActions.CanChooseDisks(view.Job) ? null : Words.Actions.NoDiskToChoose),
        .. StreamActions.CanStop(_board.Carousel)
            ? [new ScreenAction(Key.F5, Words.Carousels.ActStop, () => Change(StreamActions.Stop(Workplace.Context, _board.Carousel!)))]
            : Array.Empty<ScreenAction>(),
        .. All.Any(view => view.Unpaired is not null)
            ? [new ScreenAction(Key.F6, Words.Actions.CompareWords, () => Dialogs.Ask(new PairForm(Workplace.Context, All).Model))]
            : Array.Empty<ScreenAction>(),
        new(Key.F7, Words.Actions.RetryAll, () => Dialogs.Ask(JobActions.Retry(Workplace.Context, All)), () => All.Any(view => JobActions.CanRetry(view.Job)) ? null : Words.Actions.NothingToRetry),
        new(Key.F8, Words.Actions.CancelOne, CancelOne, () => Selected is { } view && JobActions.CanCancel(view.Job) ? null : Words.Actions.NothingToCancel),
        new(Key.F11, Words.Actions.CancelAll, () => Dialogs.Ask(JobActions.Cancel(Workplace.Context, All)), () => All.Any(view => JobActions.CanCancel(view.Job)) ? null : Words.Actions.NothingToCancel),
    ];

    public override void Enter()
    {
        Workplace.Feed.Follow(_board.Batch);
        base.Enter();
    }

    public override void Show(Snapshot now)
    {
        base.Show(now);
        var can = (StreamActions.CanStart(_board.Carousel), StreamActions.CanStop(_board.Carousel));
        if (can != _can)
        {
            _can = can;
            Workplace.Frame.Refresh();
        }
    }

    protected override IReadOnlyList<BatchRow> RowsOf(Snapshot now)
    {
        _board.Update(now, Workplace.Feed.Now);
        _chart.Show(_board.Rates);
        ShowStream();
        return [.. _board.Rows.Where(row => row.Name.Contains(Filter, StringComparison.OrdinalIgnoreCase) || row.State.Contains(Filter, StringComparison.OrdinalIgnoreCase))];
    }

    protected override string SummaryOf(Snapshot now) => _board.Summary;

    protected override void Open(BatchRow row) => Workplace.Frame.Push(new HostDetailsScreen(Workplace, row.View.Job.Host));

    // Between the hosts and the chart, as many lines as there are to say.
    private void ShowStream()
    {
        var lines = _board.Carousel is { } carousel ? StreamText.Of(carousel) : [];
        _stream.Text = string.Join('\n', lines);
        if (lines.Count != _streamRows)
        {
            _streamRows = lines.Count;
            (_stream.Y, _stream.Height) = (Pos.AnchorEnd(ChartRows + lines.Count), lines.Count);
            List.Height = Dim.Fill(ChartRows + lines.Count);
        }
    }

    private void Change(FormModel form)
    {
        if (Dialogs.Ask(form) is not null)
        {
            Workplace.Feed.Refresh();
        }
    }

    private Api.Jobs.JobView? Selected => List.Selected?.View;

    private IReadOnlyList<Api.Jobs.JobView> All => [.. _board.Rows.Select(row => row.View)];

    private string? WhyNoRemedy() => Selected is { } view && JobActions.Remedies(view.Job).Count > 0 ? null : Words.Actions.NothingFailed;

    private void CancelOne() => Dialogs.Ask(JobActions.Cancel(Workplace.Context, [Selected!]));

    private void ChooseDisk()
    {
        var job = Selected!;
        var form = Dialogs.Wait(Forms.HotKey.Strip(Words.Actions.ChooseDisk), cancel => DiskChoiceForm.OpenAsync(Workplace.Context, job, cancel));
        Dialogs.Ask(form.Model);
    }

    // What failed, why, and what can be done about it.
    private void Mend()
    {
        var view = Selected!;
        var remedy = new ChoiceEntry("remedy", Words.Actions.RemedyField, JobActions.Remedies(view.Job), JobActions.Remedies(view.Job)[0].Id);
        var form = new FormModel(
            view.Job.HostName,
            [new InfoEntry("fault", () => JobActions.FaultOf(view.Job)) { IsWarning = true }, remedy],
            FormAction.Take(Common.Next));
        if (Dialogs.Ask(form) is null)
        {
            return;
        }

        switch (remedy.Value)
        {
            case "retry":
                Dialogs.Ask(JobActions.Retry(Workplace.Context, [view]));
                break;
            case "again":
                StartFor(view, Api.Jobs.JobKind.Restore);
                break;
            case "hold":
                StartFor(view, Api.Jobs.JobKind.Hold);
                break;
            default:
                break;
        }
    }

    private void StartFor(Api.Jobs.JobView view, Api.Jobs.JobKind kind)
    {
        var target = JobTarget.Of([.. Workplace.Hosts().Where(row => row.Id == view.Job.Host)]);
        JobFlow.Start(Workplace, target, kind);
    }
}
