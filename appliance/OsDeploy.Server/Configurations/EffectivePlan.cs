using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Server.Configurations;

/// <summary>What is to be done with the partitions of one host: its configuration's plan with the host's own values over it.</summary>
internal static class EffectivePlan
{
    /// <returns>By disk and number. Product ids are as they are stored.</returns>
    public static IReadOnlyList<EffectivePartition> Of(Configuration? configuration, Host host)
    {
        var plans = (configuration?.Partitions ?? []).ToDictionary(plan => (plan.Disk, plan.Number));
        foreach (var own in host.Overrides)
        {
            _ = plans.TryAdd((own.Disk, own.Number), new PartitionPlan(own.Disk, own.Number));
        }

        return [.. plans.Values.OrderBy(plan => (plan.Disk, plan.Number)).Select(plan => Over(plan, host.Overrides))];
    }

    /// <summary>Whether a restore of these options writes a partition. Chosen ones are those of the first disk.</summary>
    public static bool IsRestored(PartitionPlan plan, JobOptions options) =>
        options.Partitions is not { Count: > 0 } chosen || (plan.Disk == 1 && chosen.Contains(plan.Number));

    private static EffectivePartition Over(PartitionPlan plan, IReadOnlyList<PartitionOverride> overrides)
    {
        // One partition a disk grows: if the host chose another one, the configuration's does not.
        var isOutgrown = overrides.Any(other => other.Disk == plan.Disk && other.Number != plan.Number && other.Grow == true);
        var inherited = plan with { Grow = plan.Grow && !isOutgrown };
        if (overrides.FirstOrDefault(other => other.Disk == plan.Disk && other.Number == plan.Number) is not { } own)
        {
            return new EffectivePartition(inherited, []);
        }

        var use = own.Use ?? plan.Use;
        var merged = inherited with
        {
            Description = own.Description ?? plan.Description,
            Os = own.Os ?? plan.Os,
            Join = own.Join ?? plan.Join,
            ProductId = own.ProductId is { Length: 0 } ? null : own.ProductId ?? plan.ProductId,
            Use = use,
            Format = use == PartitionUse.Format ? own.Format ?? plan.Format : null,
            Grow = own.Grow ?? inherited.Grow,
        };
        return new EffectivePartition(merged, [.. SetBy(own)]);
    }

    private static IEnumerable<string> SetBy(PartitionOverride own) => new (string Name, object? Value)[]
    {
        ("description", own.Description), ("os", own.Os), ("join", own.Join), ("productId", own.ProductId), ("use", own.Use),
        ("format", own.Format), ("grow", own.Grow),
    }.Where(setting => setting.Value is not null).Select(setting => setting.Name);
}
