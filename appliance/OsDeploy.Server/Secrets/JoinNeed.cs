using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Personalisation;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Server.Secrets;

/// <summary>What the Windows systems of a restore have to be told. Pure.</summary>
/// <param name="Systems">Windows that this restore writes.</param>
/// <param name="Domain">That one of them joins; null: none does.</param>
/// <param name="TakesOffline">Each that joins understands what <c>djoin</c> makes: Windows 7 and later, set up with an answer file.</param>
internal sealed record JoinNeed(IReadOnlyList<PartitionPlan> Systems, string? Domain, bool TakesOffline)
{
    public static JoinNeed Of(IReadOnlyList<PartitionPlan> partitions, JobOptions options, Joining joining)
    {
        var systems = options.TableOnly ? [] : partitions.Where(plan => IsWindows(plan) && options.Partitions?.Contains(plan.Number) != false).ToList();
        var joins = joining.IsOff || joining.Domain is null ? [] : systems.FindAll(plan => plan.Join is JoinMode.Domain or JoinMode.Simple);
        return new JoinNeed(
            systems, joins.Count > 0 ? joining.Domain : null, joins.Count > 0 && joins.TrueForAll(plan => plan is { Join: JoinMode.Domain, Os: >= OperatingSystem.Win7 }));
    }

    private static bool IsWindows(PartitionPlan plan) =>
        plan is { Use: PartitionUse.Image or PartitionUse.Raw, Os: >= OperatingSystem.Win2K and <= OperatingSystem.Win11 };
}
