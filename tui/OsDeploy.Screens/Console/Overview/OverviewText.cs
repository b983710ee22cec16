using OsDeploy.Api.Appliance;
using OsDeploy.Images;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Overview;

/// <summary>The first screen: what needs a person first, then what runs, then how things stand.</summary>
internal static class OverviewText
{
    private const int MostBatches = 5;

    private static readonly HostCondition[] s_conditions =
        [HostCondition.Failed, HostCondition.Frozen, HostCondition.NeedsDisk, HostCondition.Working, HostCondition.Waiting, HostCondition.Scheduled, HostCondition.Blocked, HostCondition.Ready];

    public static IReadOnlyList<OverviewLine> Of(Snapshot now, IReadOnlyList<HostRow> hosts) =>
        [.. Alarms(now), .. Pending(now), .. Batches(now), .. Conditions(hosts), .. Standing(now, hosts)];

    private static IEnumerable<OverviewLine> Alarms(Snapshot now) =>
        (now.Status?.Alarms ?? []).Select(alarm => new OverviewLine("alarm-" + alarm.Id, '!', Of(alarm), new OpenAlarm(alarm.Id)));

    private static string Of(Alarm alarm) => Printable.Of(alarm.Message);

    private static IEnumerable<OverviewLine> Pending(Snapshot now)
    {
        if (now.Pending.Count > 0)
        {
            yield return new OverviewLine("pending", '!', Language.Count(now.Pending.Count, Words.Console.PendingOne, Words.Console.PendingOther), new OpenPending());
        }
    }

    private static IEnumerable<OverviewLine> Batches(Snapshot now) => now.Batches.Where(view => view.Batch.EndedAt is null).Take(MostBatches).Select(view =>
    {
        var board = new BatchBoard(view.Batch.Id);
        board.Update(now, DateTimeOffset.MinValue);
        return new OverviewLine("batch-" + view.Batch.Id, board.Rows.Any(row => row.IsTrouble) ? '!' : '>', $"{board.Title}: {board.Summary}", new OpenBatch(view.Batch.Id));
    });

    private static IEnumerable<OverviewLine> Conditions(IReadOnlyList<HostRow> hosts)
    {
        var counts = hosts.CountBy(row => row.Condition).ToDictionary();
        return s_conditions.Where(counts.ContainsKey).Select(condition => new OverviewLine(
            "hosts-" + condition,
            condition <= HostCondition.NeedsDisk ? '!' : condition == HostCondition.Working ? '>' : ' ',
            Language.Fill(Words.Console.HostsAre, counts[condition], HostConditions.WordOf(condition)),
            new OpenHosts(HostFilter.In(condition))));
    }

    private static IEnumerable<OverviewLine> Standing(Snapshot now, IReadOnlyList<HostRow> hosts)
    {
        var unconfigured = hosts.Count(HostFilter.WithoutConfiguration.Fits);
        if (unconfigured > 0)
        {
            yield return new OverviewLine("unconfigured", '!', Language.Count(unconfigured, Words.Console.UnconfiguredOne, Words.Console.UnconfiguredOther), new OpenHosts(HostFilter.WithoutConfiguration));
        }

        yield return new OverviewLine("hosts", ' ', Language.Count(hosts.Count, Words.Console.AllHostsOne, Words.Console.AllHostsOther), new OpenHosts(HostFilter.All));
        yield return new OverviewLine(
            "configurations",
            now.Versions.Any(entry => entry is { Kind: ImageKind.Image, IsCurrent: true, DamagedChunks: > 0 }) ? '!' : ' ',
            Language.Count(now.Configurations.Count, Words.Console.ConfigurationsOne, Words.Console.ConfigurationsOther),
            new OpenConfigurations());
        if (now.Status is { Store: var store })
        {
            yield return new OverviewLine("store", store.DamagedChunks > 0 ? '!' : ' ', Language.Fill(Words.Console.StoreLine, Sizes.Of(store.FreeBytes), store.Versions), new OpenStore());
        }
    }
}
