using OsDeploy.Api.Configurations;
using OsDeploy.Images;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Session;

namespace OsDeploy.Screens.Console.Configurations;

/// <param name="Master">Name of the host that is captured; empty: none.</param>
/// <param name="Current">The version a restore takes; null: none in this store.</param>
/// <param name="Trouble">Hosts somebody must look at.</param>
internal sealed record ConfigurationRow(ConfigurationView View, string Master, int Hosts, int Trouble, int Versions, VersionEntry? Current)
{
    public string Id => View.Configuration.Id;

    public string Name => View.Configuration.Name;

    public string Description => View.Configuration.Description;

    /// <summary>Chunks of its current version are lost: a restore is refused.</summary>
    public bool IsDamaged => Current is { DamagedChunks: > 0 };
}

/// <summary>Computer configurations with what stands behind them.</summary>
internal static class ConfigurationList
{
    public static IReadOnlyList<ConfigurationRow> Of(Snapshot now, IReadOnlyList<HostRow> hosts)
    {
        var byName = hosts.ToLookup(row => row.Configuration, StringComparer.OrdinalIgnoreCase);
        var images = now.Versions.Where(entry => entry.Kind == ImageKind.Image).ToLookup(entry => entry.Image);
        return
        [
            .. now.Configurations.OrderBy(view => view.Configuration.Name, StringComparer.OrdinalIgnoreCase).Select(view => new ConfigurationRow(
                view,
                view.Configuration.Master is { } id && now.Hosts.TryGetValue(id, out var master) ? master.Host.Name.ToString() : view.MasterName ?? "",
                byName[view.Configuration.Name].Count(),
                byName[view.Configuration.Name].Count(HostFilter.Trouble.Fits),
                view.Configuration.Store is null ? images[view.Configuration.Image].Count() : view.Versions,
                view.Configuration.Store is null ? images[view.Configuration.Image].FirstOrDefault(entry => entry.IsCurrent) : null)),
        ];
    }
}
