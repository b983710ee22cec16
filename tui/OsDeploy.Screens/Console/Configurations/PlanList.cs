using OsDeploy.Api.Appliance;
using OsDeploy.Api.Configurations;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Configurations;

/// <summary>One partition: what the version has of it, and what was said about it.</summary>
/// <param name="Stored">Null: the plan names a partition that the version has not.</param>
/// <param name="IsPlanned">Somebody has said something about it.</param>
internal sealed record PlanRow(PartitionPlan Plan, StoredPartition? Stored, bool IsPlanned)
{
    public string Number => PlanText.NumberOf(Plan);

    public string Size => Stored is { } stored ? Sizes.Of(stored.Bytes) : "";

    public string Used => Stored is { UsedBytes: > 0 } stored ? Sizes.Of(stored.UsedBytes) : "";

    public string FileSystem => Stored?.FileSystem ?? "";

    public string Label => Stored?.Label ?? "";

    public string Meaning => IsPlanned ? PlanText.Of(Plan) : Words.Configurations.NotPlanned;
}

/// <summary>The partitions of a configuration, as they were captured and as they are planned.</summary>
internal static class PlanList
{
    /// <param name="captured">Of the current version.</param>
    public static IReadOnlyList<PlanRow> Of(Configuration configuration, IReadOnlyList<StoredPartition> captured)
    {
        var plans = configuration.Partitions.ToDictionary(plan => (plan.Disk, plan.Number));
        var shown = captured.Where(partition => partition.Content is not (PartitionContent.Container or PartitionContent.Swap)).ToList();
        var known = shown.Select(partition => plans.TryGetValue((partition.Disk, partition.Number), out var plan)
            ? new PlanRow(plan, partition, IsPlanned: true)
            : new PlanRow(new PartitionPlan(partition.Disk, partition.Number), partition, IsPlanned: false));
        var unseen = plans.Values.Where(plan => !shown.Exists(partition => (partition.Disk, partition.Number) == (plan.Disk, plan.Number)))
            .Select(plan => new PlanRow(plan, null, IsPlanned: true));
        return [.. known.Concat(unseen).OrderBy(row => (row.Plan.Disk, row.Plan.Number))];
    }
}
