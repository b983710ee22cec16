namespace OsDeploy.Cli.Progress;

/// <summary>What a progress line shows at one moment.</summary>
/// <param name="Total">Bytes; 0 if not known.</param>
/// <param name="Rate">Bytes a second; null if not known yet.</param>
/// <param name="Bottleneck"><c>disk</c>, <c>cpu</c> or <c>wire</c>.</param>
internal sealed record ProgressReading(string Phase, long Done, long Total, TimeSpan Elapsed, double? Rate, string Bottleneck)
{
    /// <summary>0 to 100; null if the total is not known.</summary>
    public int? Percent => Total > 0 ? (int)Math.Clamp(Done * 100.0 / Total, 0, 100) : null;

    public TimeSpan? Left => Total > Done && Rate > 0 && (Total - Done) / Rate.Value < TimeSpan.FromDays(30).TotalSeconds
        ? TimeSpan.FromSeconds((Total - Done) / Rate.Value)
        : null;
}
