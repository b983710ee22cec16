using OsDeploy.Api.Agents;
using OsDeploy.Api.Hosts;
using OsDeploy.Images;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Images;
using OsDeploy.Server.Jobs;
using Configuration = OsDeploy.Api.Configurations.Configuration;

namespace OsDeploy.Server.Agents;

/// <summary>What the screen of a computer asks before anybody has logged in at it: about that computer, and nothing else.</summary>
internal sealed class MachineDesk(
    ApplianceName appliance, AgentBook book, HostRegistry hosts, ConfigurationRegistry configurations, ImageStores stores, BatchStarter starter, JobBoard board)
{
    /// <exception cref="UserErrorException"><c>agent-unknown</c></exception>
    public async Task<MachineFacts> FactsAsync(string agentId, string address, CancellationToken cancel)
    {
        var agent = Require(agentId);
        if (HostOf(agent) is not { } host)
        {
            return new MachineFacts(appliance.Text, address, agent.Pending, null, null, null, null, IsMaster: false, MayRestore: false, null, []);
        }

        var configuration = ConfigurationOf(host);
        return new MachineFacts(
            appliance.Text,
            address,
            Pending: null,
            host.Name.ToString(),
            host.Room,
            host.Configuration,
            configuration?.Master is { } master ? hosts.FindById(master)?.Name.ToString() : null,
            configuration?.Master == host.Id,
            configuration is { OpenRestore: true, IsStrict: false } && !host.IsBlocked,
            configuration is null ? null : await ImageOfAsync(configuration, cancel),
            [.. EffectivePlan.Of(configuration, host).Select(partition => partition.Plan with { ProductId = null })]);
    }

    /// <exception cref="UserErrorException"><c>agent-unknown</c>, <c>restore-not-open</c>, or what rules the host out</exception>
    public async Task RestoreSelfAsync(string agentId, OwnRestore asked, CancellationToken cancel)
    {
        var agent = Require(agentId);
        if (HostOf(agent) is not { } host || host.IsBlocked || ConfigurationOf(host) is not { OpenRestore: true, IsStrict: false })
        {
            throw AgentErrors.RestoreNotOpen();
        }

        // Asked again because the first answer was lost: the job is there.
        if (board.ActiveOf(host.Id) is { } active && board.FindBatch(active.Batch)?.Request == asked.Request)
        {
            return;
        }

        await starter.RestoreSelfAsync(asked.Request, host, agent.Id, cancel);
    }

    private async Task<ImageFacts?> ImageOfAsync(Configuration configuration, CancellationToken cancel)
    {
        var found = await stores.TryFindAsync(configuration, ImageKind.Image, configuration.Image, version: null, cancel);
        return found is { Version: { } version, Manifest: { } manifest }
            ? new ImageFacts(version.Image, version.Version, version.CapturedAt, [.. manifest.Disks.SelectMany(disk => disk.Partitions.Select(partition => Of(disk.Number, partition)))])
            : null;
    }

    private static ImagePartition Of(int disk, PartitionRecord partition) => new(
        disk, partition.Number, partition.Length, partition.Content, partition.FileSystem, partition.FileSystemLabel ?? partition.Name, partition.Region?.UsedBytes ?? 0);

    private Host? HostOf(AgentRecord agent) => agent.Host is { } id && hosts.FindById(id) is { } host && Introductions.IsStill(agent, host) ? host : null;

    private Configuration? ConfigurationOf(Host host) => host.Configuration is { } name ? configurations.Find(name) : null;

    private AgentRecord Require(string id) => book.ById(id) ?? throw AgentErrors.Unknown();
}
