using System.Reflection;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Images;
using OsDeploy.Server.Jobs;
using OsDeploy.Storage.Documents;
using OsDeploy.SystemImages;

namespace OsDeploy.Server.Appliance;

/// <summary>The appliance at one glance.</summary>
/// <param name="boot">How starting over the network is.</param>
internal sealed class StatusDesk(
    ApplianceName name, HostRegistry hosts, HostMeetings meetings, JobBoard board, JobSettingsBook settings, IImageStore store, Scrubber scrubber, DocumentStore documents, Alarms alarms, Func<string> boot, TimeProvider time)
{
    private static readonly TimeSpan s_seenLately = TimeSpan.FromMinutes(5);

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public static string Program { get; } = BuildVersion.With("osdeploy " + (Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0"));

    public About About => new(name.Text, Program, name.Key.Words, time.GetUtcNow());

    public async Task<ApplianceStatus> RunAsync(CancellationToken cancel)
    {
        var active = board.Active();
        var now = time.GetUtcNow();
        var known = hosts.Count(since: now - s_seenLately);
        return new ApplianceStatus(
            name.Text,
            Program,
            name.Key.Words,
            now,
            _startedAt,
            ReachableAddresses.Of(name.Addresses, ReachableAddresses.OfThisComputer()),
            known.All,
            known.Seen,
            known.WithoutConfiguration,
            meetings.Count,
            active.Count(job => job.State == JobState.Running),
            active.Count(job => job.State is JobState.Waiting or JobState.NeedsDisk or JobState.Scheduled),
            active.Count(job => job.State == JobState.Frozen),
            await StoreAsync(cancel),
            documents.SizeBytes,
            documents.IsOnReserve,
            alarms.All,
            boot(),
            settings.Current.Retries);
    }

    private async Task<StoreStatus> StoreAsync(CancellationToken cancel)
    {
        var versions = await store.ListAsync(cancel);
        return new StoreStatus(
            Math.Max(0, await store.FreeBytesAsync(cancel) - StoreApi.Reserve),
            versions.Select(version => (version.Kind, version.Image)).Distinct().Count(),
            versions.Count,
            versions.Sum(version => (long)version.DamagedChunks),
            scrubber.FinishedAt);
    }
}

/// <summary>Who this appliance is.</summary>
internal sealed record ApplianceName(string Text, ServerKey Key)
{
    /// <summary>Filled in once it listens.</summary>
    public IReadOnlyList<string> Addresses { get; set; } = [];

    /// <summary>Where boot files are served by plain HTTP; filled in with the others.</summary>
    public IReadOnlyList<string> BootAddresses { get; set; } = [];
}
