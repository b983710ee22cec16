using OsDeploy.Api.Carousels;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>One host of a batch. Its id stays; everything else may be another at the next look.</summary>
/// <param name="Stream">How it stands to the stream of its batch; null: it has none.</param>
internal sealed record BatchRow(JobView View, TimeZoneInfo Zone, CarouselHost? Stream = null)
{
    public string Id => View.Job.Id;

    public string Name => View.Job.HostName;

    public string State { get; } = JobText.StateOf(View);

    public double? Fraction => View.Job.Outcome == JobOutcome.Verified ? 1 : JobText.FractionOf(View.Progress);

    public string Rate => View.Job.State == JobState.Running ? JobText.Rate(View.Progress?.BytesPerSecond) : "";

    public TimeSpan? Left => View.Job.State == JobState.Running ? JobText.LeftOf(View.Progress) : null;

    public string Bottleneck => View.Job.State == JobState.Running ? JobText.BottleneckOf(View.Progress?.Bottleneck) : "";

    /// <summary>How it ended, or what it waits for.</summary>
    public string Result => View.Job switch
    {
        { Fault: { } fault } => fault.Message,
        { State: JobState.Scheduled, Retries: > 0, StartAt: { } at, LastFault: { } last } => Language.Fill(Words.Jobs.RetryAt, Times.Clock(at, Zone), last.Message),
        { Figures: { } figures } => Language.Fill(Words.Jobs.Figures, Sizes.Of(figures.Written), Sizes.Of(figures.Equal), JobText.Left(TimeSpan.FromSeconds(figures.Seconds))),
        _ => View.Awaits ?? (Stream is { } stream && IsActive ? StreamText.Of(stream) : ""),
    };

    public bool IsActive => View.Job.State != JobState.Ended;

    /// <summary>It needs a person: the first ones of the list.</summary>
    public bool IsTrouble => View.Job.Outcome == JobOutcome.Failed || View.Job.State is JobState.Frozen or JobState.NeedsDisk || View.Unpaired is not null;
}

/// <summary>Jobs that were started together: a line for each host, sums, and how the rate went.</summary>
internal sealed class BatchBoard(string batch, TimeZoneInfo? zone = null)
{
    /// <summary>Ten minutes of a chart.</summary>
    public const int MostRates = 300;

    private static readonly TimeSpan s_rateEvery = TimeSpan.FromSeconds(2);

    private readonly List<double> _rates = [];
    private DateTimeOffset _ratedAt;

    public string Batch { get; } = batch;

    /// <summary>Null: it is not known yet.</summary>
    public BatchView? View { get; private set; }

    /// <summary>Null: it has no stream, and nobody has said why.</summary>
    public CarouselView? Carousel { get; private set; }

    /// <summary>Those that need a person first, then by name.</summary>
    public IReadOnlyList<BatchRow> Rows { get; private set; } = [];

    /// <summary>Bytes a second of all hosts together, one every two seconds, oldest first.</summary>
    public IReadOnlyList<double> Rates => _rates;

    public double Rate => Rows.Sum(row => row.View.Job.State == JobState.Running ? row.View.Progress?.BytesPerSecond ?? 0 : 0);

    public bool IsOver => Rows.Count > 0 && !Rows.Any(row => row.IsActive);

    /// <summary>Of all that has a known end; null: nothing has.</summary>
    public double? Fraction => Rows.Count == 0 ? null : Rows.Average(row => row.IsActive ? row.Fraction ?? 0 : 1);

    /// <summary>Until the last of those that run is done; null: nobody knows.</summary>
    public TimeSpan? Left => Rows.Max(row => row.Left);

    public void Update(Snapshot now, DateTimeOffset at)
    {
        View = now.Batches.FirstOrDefault(view => view.Batch.Id == Batch) ?? View;
        Rows = [.. now.JobsOf(Batch).Select(view => new BatchRow(view, zone ?? TimeZoneInfo.Utc, now.StreamOf(view.Job.Id))).OrderByDescending(row => row.IsTrouble).ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase)];
        Carousel = now.CarouselOf(Batch) ?? (IsOver ? Carousel : null); // an hour after its end the appliance forgets it
        if (at - _ratedAt >= s_rateEvery && !IsOver)
        {
            _ratedAt = at;
            _rates.Add(Rate);
            _rates.RemoveRange(0, Math.Max(0, _rates.Count - MostRates));
        }
    }

    public string Title => View is { Batch: var started }
        ? Language.Fill(Words.Jobs.BatchTitle, JobText.NumberOf(Batch), JobText.KindOf(started.Kind), started.CreatedBy)
        : Language.Fill(Words.Jobs.BatchNumber, JobText.NumberOf(Batch));

    /// <summary><c>3 running, 10 waiting, 2 verified; 187 MiB/s, 0:12:10 left</c></summary>
    public string Summary
    {
        get
        {
            int Of(Func<BatchRow, bool> fits) => Rows.Count(fits);
            var counts = new (int Count, string Word)[]
            {
                (Of(row => row.View.Job.State == JobState.Running), Words.Jobs.CountRunning),
                (Of(row => row.View.Job.State is JobState.Waiting or JobState.Scheduled && row.View.Unpaired is null), Words.Jobs.CountWaiting),
                (Of(row => row.View.Job.State is JobState.NeedsDisk or JobState.Frozen || row.View.Unpaired is not null), Words.Jobs.CountHeld),
                (Of(row => row.View.Job.Outcome == JobOutcome.Verified), Words.Jobs.CountVerified),
                (Of(row => row.View.Job.Outcome == JobOutcome.Failed), Words.Jobs.CountFailed),
                (Of(row => row.View.Job.Outcome == JobOutcome.Skipped), Words.Jobs.CountSkipped),
            };
            var words = string.Join(", ", counts.Where(count => count.Count > 0).Select(count => Language.Fill(count.Word, count.Count)));
            var rate = string.Join(", ", new[] { JobText.Rate(Rate), Left is { } left ? Language.Fill(Words.Jobs.TimeLeft, JobText.Left(left)) : "" }.Where(part => part.Length > 0));
            var late = View is { NotSeen.Count: > 0 } ? Language.Fill(Words.Jobs.NotSeen, string.Join(", ", View.NotSeen)) : "";
            return string.Join("; ", new[] { words, rate, late }.Where(part => part.Length > 0));
        }
    }
}
