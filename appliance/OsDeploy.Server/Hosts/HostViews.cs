using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Secrets;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Hosts;

/// <summary>Hosts as the API shows them: with what is known now, without secrets.</summary>
internal sealed class HostViews(Registry registry, Presence presence)
{
    public HostView Of(Stored<Host> host) => Of(
        host, registry.ConfigurationOf(host.Value), registry.Inventories.FindById(host.Value.Id)?.Value.Inventory, registry.Joinings.FindById(host.Value.Id)?.Value);

    /// <summary>By name.</summary>
    public IReadOnlyList<HostView> Of(IEnumerable<Stored<Host>> hosts)
    {
        var configurations = registry.Configurations.FindAll().ToDictionary(one => one.Value.Name, one => one.Value, StringComparer.OrdinalIgnoreCase);
        var inventories = registry.Inventories.FindAll().ToDictionary(one => one.Value.Host, one => one.Value.Inventory);
        var joinings = registry.Joinings.FindAll().ToDictionary(one => one.Value.Host, one => one.Value);
        return
        [
            .. hosts.OrderBy(host => host.Value.Name).Select(host => Of(
                host,
                host.Value.Configuration is { } name ? configurations.GetValueOrDefault(name) : null,
                inventories.GetValueOrDefault(host.Value.Id),
                joinings.GetValueOrDefault(host.Value.Id))),
        ];
    }

    /// <inheritdoc cref="HostRegistry.ListBriefly"/>
    public IReadOnlyList<HostView> BriefOf(IEnumerable<Stored<Host>> hosts)
    {
        var masters = registry.Configurations.FindAll().Select(one => one.Value.Master).OfType<string>().ToHashSet();
        return
        [
            .. hosts.OrderBy(host => host.Value.Name).Select(host => (host.Value, host.Rev, Heard: presence.Find(host.Value.Id))).Select(one => new HostView(
                ProductIds.Masked(one.Value), one.Rev, masters.Contains(one.Value.Id), one.Heard?.At, one.Heard?.Address, Job: null, [])),
        ];
    }

    private HostView Of(Stored<Host> stored, Configuration? configuration, Inventory? inventory, HostJoining? joining)
    {
        var (host, rev) = stored;
        var heard = presence.Find(host.Id);
        var partitions = EffectivePlan.Of(configuration, host).Select(partition => partition with { Plan = ProductIds.Masked(partition.Plan) });
        return new HostView(
            ProductIds.Masked(host) with { Inventory = inventory }, rev, configuration?.Master == host.Id,
            heard?.At, heard?.Address, registry.Edges.JobOf(host.Id), [.. partitions], joining?.Shown, joining?.Joined);
    }
}
