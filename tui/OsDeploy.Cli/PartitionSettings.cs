using OsDeploy.Api.Configurations;

namespace OsDeploy.Cli;

/// <summary>All <c>--partition</c> of a command line, put into what was there before.</summary>
internal static class PartitionSettings
{
    /// <returns>Null if nothing was said: all stays as it is.</returns>
    /// <exception cref="UserErrorException"><c>usage-partition</c></exception>
    public static IReadOnlyList<PartitionPlan>? Plans(IReadOnlyList<string>? texts, IReadOnlyList<PartitionPlan> before) => Apply(
        texts, before, plan => (plan.Disk, plan.Number), place => new PartitionPlan(place.Disk, place.Number), (setting, plan) => setting.ApplyTo(plan));

    /// <inheritdoc cref="Plans"/>
    public static IReadOnlyList<PartitionOverride>? Overrides(IReadOnlyList<string>? texts, IReadOnlyList<PartitionOverride> before) => Apply(
        texts, before, own => (own.Disk, own.Number), place => new PartitionOverride(place.Disk, place.Number), (setting, own) => setting.ApplyTo(own));

    private static List<T>? Apply<T>(
        IReadOnlyList<string>? texts,
        IReadOnlyList<T> before,
        Func<T, (int Disk, int Number)> placeOf,
        Func<(int Disk, int Number), T> make,
        Func<PartitionSetting, T, T> apply)
    {
        if (texts is not { Count: > 0 })
        {
            return null;
        }

        var partitions = before.DistinctBy(placeOf).ToDictionary(placeOf);
        foreach (var setting in texts.Select(PartitionSetting.Parse))
        {
            var place = (setting.Disk, setting.Number);
            partitions[place] = apply(setting, partitions.TryGetValue(place, out var old) ? old : make(place));
            if (setting.IsReset)
            {
                partitions.Remove(place);
            }
        }

        return [.. partitions.OrderBy(partition => partition.Key).Select(partition => partition.Value)];
    }
}
