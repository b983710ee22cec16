using System.Globalization;
using OsDeploy.Imaging;

namespace OsDeploy.Cli;

/// <summary>Partition lists as people type them: <c>1,3</c> and <c>4=ntfs</c>.</summary>
internal static class PartitionNumbers
{
    private const string Leave = "leave";

    private static readonly string[] s_fileSystems = ["fat16", "fat32", "ntfs", "ext2", "ext3", "ext4", "btrfs", "xfs", "swap"];

    /// <returns>Null if nothing was typed: all partitions.</returns>
    /// <exception cref="UserErrorException"><c>usage-partitions</c></exception>
    public static IReadOnlySet<int>? Parse(string? text) => text?
        .Split(',', StringSplitOptions.TrimEntries)
        .Select(part => TryParse(part, out var number) ? number : throw Errors.UsagePartitions(text))
        .ToHashSet();

    /// <summary><c>4=ntfs</c> is formatted at every whole restore, <c>5=leave</c> is left as it is.</summary>
    /// <exception cref="UserErrorException"><c>usage-data</c></exception>
    public static IReadOnlyDictionary<int, DataPlan>? ParseData(IReadOnlyList<string> texts)
    {
        var plans = new Dictionary<int, DataPlan>();
        foreach (var text in texts.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)))
        {
            var parts = text.Split('=');
            var isPlan = parts.Length == 2 && (parts[1] == Leave || s_fileSystems.Contains(parts[1]));
            if (!isPlan || !TryParse(parts[0], out var number) || !plans.TryAdd(number, new DataPlan(parts[1] == Leave ? null : parts[1])))
            {
                throw Errors.UsageData(text, [.. s_fileSystems, Leave]);
            }
        }

        return plans.Count > 0 ? plans : null;
    }

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
