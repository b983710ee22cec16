using OsDeploy.Api.Jobs;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>What a start would do, a line for each host: those that are left out first.</summary>
internal static class OutlookText
{
    public static IEnumerable<string> Of(IReadOnlyList<HostOutlook> hosts) => hosts.OrderBy(host => host.Obstacle is null).Select(Of);

    private static string Of(HostOutlook host) => host.Obstacle is { } obstacle
        ? $"- {host.Name}: {obstacle.Message}"
        : string.Join("  ", new[] { $"+ {host.Name}", string.Join(" + ", host.Disks.Select(JobText.DiskOf)), host.Note is { } note ? $"({note})" : "", host.Becomes ?? "" }.Where(part => part.Length > 0));
}
