using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Personalisation;
using OsDeploy.Server.Configurations;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Server.Secrets;

/// <summary>What the Windows systems of a restore have to be told. Pure.</summary>
/// <param name="Systems">Windows that this restore writes.</param>
/// <param name="Domain">That one of them joins; null: none does.</param>
/// <param name="LacksDomain">One of them is set up for a domain, and nothing says which.</param>
/// <param name="TakesOffline">Each that joins understands what <c>djoin</c> makes: Windows 7 and later.</param>
internal sealed record JoinNeed(IReadOnlyList<PartitionPlan> Systems, string? Domain, bool LacksDomain, bool TakesOffline)
{
    public static JoinNeed Of(IReadOnlyList<PartitionPlan> partitions, JobOptions options, Joining joining)
    {
        var systems = options.TableOnly ? [] : partitions.Where(plan => IsWindows(plan) && EffectivePlan.IsRestored(plan, options)).ToList();
        var joins = joining.IsOff || joining.Domain is null ? [] : systems.FindAll(plan => plan.Join is JoinMode.Domain or JoinMode.Simple);
        return new JoinNeed(
            systems,
            joins.Count > 0 ? joining.Domain : null,
            !joining.IsOff && joining.Domain is null && systems.Exists(plan => plan.Join == JoinMode.Domain),
            joins.Count > 0 && joins.TrueForAll(plan => plan.Os >= OperatingSystem.Win7));
    }

    private static bool IsWindows(PartitionPlan plan) =>
        plan is { Use: PartitionUse.Image or PartitionUse.Raw, Os: >= OperatingSystem.Win2K and <= OperatingSystem.Win11 };
}
