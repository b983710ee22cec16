using OsDeploy.Api.Configurations;
using OsDeploy.Personalisation;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Server.Personalisation;

/// <summary>The systems that a restore brings, by the plan of a host's partitions.</summary>
internal static class PersonalSystems
{
    /// <returns>Without answer files.</returns>
    public static IReadOnlyList<PersonalSystem> Of(IEnumerable<PartitionPlan> plans) =>
        [.. plans.Where(plan => plan.Os != OperatingSystem.Data && plan.Use is (PartitionUse.Image or PartitionUse.Raw)).Select(plan => new PersonalSystem(plan.Disk, plan.Number, plan.Os, plan.Join))];
}
