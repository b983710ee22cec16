namespace OsDeploy.Disks;

/// <summary>
/// How positions on the captured disk become positions on a larger one: everything from <paramref name="From"/> on moves by
/// <paramref name="By"/> bytes. The end of the growing partition is <paramref name="From"/>, so mapping the start and the end of
/// anything (partition, extended container, link of a logical partition) grows what has to grow and moves what lies behind.
/// </summary>
internal readonly record struct GrowthMap(long From, long By)
{
    public static readonly GrowthMap Nothing = new(long.MaxValue, 0);

    public long Move(long position) => position >= From ? position + By : position;

    /// <summary>The map that placed these partitions.</summary>
    public static GrowthMap Of(TargetLayout target)
    {
        var grown = target.Partitions.FirstOrDefault(placed => placed.HasGrown && placed.Record.Content != Images.PartitionContent.Container);
        return grown is null ? Nothing : new(grown.Record.Offset + grown.Record.Length, grown.Length - grown.Record.Length);
    }
}
