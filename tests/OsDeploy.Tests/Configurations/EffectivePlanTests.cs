using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Images;
using OsDeploy.Server.Configurations;
using OsDeploy.Text;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Configurations;

public sealed class EffectivePlanTests
{
    [Fact]
    public void The_hosts_value_wins_and_is_shown_as_such()
    {
        var plan = new PartitionPlan(1, 3, "Windows", OperatingSystem.Win11, JoinMode.Domain, "KEY", PartitionUse.Image, null, Grow: true);

        var effective = Assert.Single(Of([plan], new PartitionOverride(1, 3, Join: JoinMode.No, ProductId: "OWN")));

        Assert.Equal(plan with { Join = JoinMode.No, ProductId = "OWN" }, effective.Plan);
        Assert.Equal(["join", "productId"], effective.FromHost);
    }

    [Fact]
    public void Every_setting_can_be_the_hosts()
    {
        var own = new PartitionOverride(1, 1, "own", OperatingSystem.Data, JoinMode.Simple, "OWN", PartitionUse.Format, "ext4", true);

        var effective = Assert.Single(Of([new PartitionPlan(1, 1, Os: OperatingSystem.Linux)], own));

        Assert.Equal(new PartitionPlan(1, 1, "own", OperatingSystem.Data, JoinMode.Simple, "OWN", PartitionUse.Format, "ext4", true), effective.Plan);
        Assert.Equal(["description", "os", "join", "productId", "use", "format", "grow"], effective.FromHost);
    }

    [Fact]
    public void A_host_that_grows_another_partition_grows_only_that()
    {
        var effective = Of([new PartitionPlan(1, 1, Grow: true), new PartitionPlan(1, 2), new PartitionPlan(2, 1, Grow: true)], new PartitionOverride(1, 2, Grow: true));

        Assert.Equal([false, true, true], effective.Select(partition => partition.Plan.Grow));
        PlanRules.Check([.. effective.Select(partition => partition.Plan)]);
    }

    [Fact]
    public void A_host_that_leaves_a_partition_formats_nothing() =>
        Assert.Null(Assert.Single(Of([new PartitionPlan(1, 4, Use: PartitionUse.Format, Format: "ntfs")], new PartitionOverride(1, 4, Use: PartitionUse.Leave))).Plan.Format);

    [Fact]
    public void A_host_can_have_no_product_id_where_its_configuration_has_one() =>
        Assert.Null(Assert.Single(Of([new PartitionPlan(1, 1, ProductId: "KEY")], new PartitionOverride(1, 1, ProductId: ""))).Plan.ProductId);

    [Fact]
    public void A_partition_only_the_host_names_is_in_the_plan_by_its_place()
    {
        var effective = Of([new PartitionPlan(1, 5), new PartitionPlan(2, 1)], new PartitionOverride(1, 2, Use: PartitionUse.Leave));

        Assert.Equal([(1, 2), (1, 5), (2, 1)], effective.Select(partition => (partition.Plan.Disk, partition.Plan.Number)));
    }

    private static IReadOnlyList<EffectivePartition> Of(IReadOnlyList<PartitionPlan> plans, params PartitionOverride[] overrides) => EffectivePlan.Of(
        new Configuration { Id = "c", Name = "c", Image = ImageName.Parse("c"), Partitions = plans, ChangedBy = "", ChangedAt = default },
        new Host { Id = "h", Name = ComputerName.Parse("pc01"), Identity = new HardwareIdentity(null, null, null, []), Overrides = overrides, ChangedBy = "", ChangedAt = default });
}
