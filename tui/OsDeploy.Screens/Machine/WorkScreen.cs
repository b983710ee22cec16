using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine;

/// <summary>A job while it runs and how it ended, as the computer it runs on shows it.</summary>
internal sealed class WorkScreen(JobOrder order, JobProgress progress, MachineFacts? facts, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _begun = time.GetTimestamp();
    private Meter? _phase;
    private RateWindow _rate = new();
    private volatile WorkResult? _result;

    public JobOrder Order { get; } = order;

    /// <summary>Null while it runs.</summary>
    public WorkResult? Result => _result;

    public string Title => Language.Fill(Words.Machine.WorkTitle, WorkText.NameOf(Order.Kind), Order.Id.TrimStart('0'));

    /// <summary>What it is about: the image and its version.</summary>
    public string Subject => Order.Image is { } image ? $"{image}{(Order.Version is { } version ? "@" + version.Short : "")}" : "";

    public IReadOnlyList<string> Warnings => progress.Warnings;

    /// <summary>How far it is now. Asked a few times a second: the rate is measured from question to question.</summary>
    public WorkReading Read()
    {
        lock (_gate)
        {
            var (name, meter, _) = progress.Current;
            if (meter != _phase)
            {
                (_phase, _rate) = (meter, new RateWindow());
            }

            var (elapsed, done) = (time.GetElapsedTime(_begun), meter.Done);
            _rate.Add(elapsed, done);
            return new WorkReading(WorkText.PhaseOf(name), done, meter.Total, elapsed, done > 0 ? _rate.Rate : null, WorkText.BottleneckOf(progress.Bottleneck), PartsNow());
        }
    }

    public void End(JobEnd end, IReadOnlyList<string> warnings) => _result = WorkResult.Of(Order, end, warnings, facts);

    private List<PartReading> PartsNow() => [.. progress.Parts.Where(part => part.Partition is not null).Select(part => new PartReading(NameOf(part), part.Meter.Done, part.Meter.Total))];

    private string NameOf(PartProgress part)
    {
        var plan = Order.Partitions.FirstOrDefault(plan => plan.Disk == part.Disk && plan.Number == part.Partition) ?? new PartitionPlan(part.Disk, part.Partition!.Value);
        return PartitionText.NameOf(part.Disk, part.Partition!.Value, Printable.Of(plan.Description, 40));
    }
}

/// <param name="Total">Bytes; 0: not known.</param>
/// <param name="Rate">Bytes a second; null: not known.</param>
/// <param name="Parts">Partitions, in the order they are done.</param>
internal sealed record WorkReading(
    string Phase, long Done, long Total, TimeSpan Elapsed, double? Rate, string Bottleneck, IReadOnlyList<PartReading> Parts)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    /// <summary>Null: not known.</summary>
    public double? Fraction => Total > 0 ? Math.Clamp(Done / (double)Total, 0, 1) : null;

    public TimeSpan? Left => Total > Done && Rate > 0 && (Total - Done) / Rate.Value < s_longest.TotalSeconds
        ? TimeSpan.FromSeconds((Total - Done) / Rate.Value)
        : null;

    /// <summary>Amount, rate, what is left and what it waits for, in one line.</summary>
    public string Figures => string.Join("  ", Facts());

    private IEnumerable<string> Facts()
    {
        yield return Total > 0 ? Language.Fill(Words.Machine.AmountOf, Sizes.Of(Done), Sizes.Of(Total)) : Sizes.Of(Elapsed);
        if (Rate is { } rate)
        {
            yield return Sizes.Of((long)rate) + "/s";
        }

        if (Left is { } left)
        {
            yield return Language.Fill(Words.Machine.TimeLeft, Sizes.Of(left));
        }

        if (Done > 0)
        {
            yield return Language.Fill(Words.Machine.Limit, Bottleneck);
        }
    }
}

internal sealed record PartReading(string Name, long Done, long Total)
{
    public double Fraction => Total > 0 ? Math.Clamp(Done / (double)Total, 0, 1) : 1;
}
