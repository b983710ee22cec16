using OsDeploy.Api.Configurations;
using OsDeploy.Server.Configurations;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Configurations;

public sealed class PlanRulesTests
{
    [Theory]
    [InlineData("fat32")]
    [InlineData("ntfs")]
    [InlineData("ext4")]
    [InlineData("swap")]
    public void A_data_partition_is_formatted_with_what_the_engine_makes(string format) =>
        PlanRules.Check([new PartitionPlan(1, 1, Os: OperatingSystem.Win11, Grow: true), Format(4, format), new PartitionPlan(2, 1, Grow: true)]);

    [Theory]
    [InlineData("zfs")]
    [InlineData("NTFS")]
    [InlineData("ext4 -O evil")]
    [InlineData("")]
    public void Other_file_systems_are_refused_and_the_partition_named(string format)
    {
        var error = Assert.Throws<UserErrorException>(() => PlanRules.Check([Format(4, format)]));

        Assert.Equal("partition-format-invalid", error.Code);
        Assert.Contains("Partition 4 of disk 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Refused("partition-number-invalid", new PartitionPlan(1, 0));
        Refused("partition-number-invalid", new PartitionPlan(1, 129));
        Refused("partition-number-invalid", new PartitionPlan(0, 1));
        Refused("partition-twice-invalid", new PartitionPlan(1, 1), new PartitionPlan(1, 1));
        Refused("partition-grow-invalid", new PartitionPlan(1, 1, Grow: true), new PartitionPlan(1, 2, Grow: true));
        Refused("partition-format-needed-invalid", new PartitionPlan(1, 1, Use: PartitionUse.Format));
        Refused("partition-format-system-invalid", Format(1, "ntfs") with { Os = OperatingSystem.Win10 });
        Refused("partition-count-invalid", [.. Enumerable.Range(1, 129).Select(i => new PartitionPlan(1, i))]);
        Refused("request-malformed", new PartitionPlan(1, 1, Join: (JoinMode)77));
    }

    private static PartitionPlan Format(int number, string format) => new(1, number, Use: PartitionUse.Format, Format: format);

    private static void Refused(string code, params PartitionPlan[] plans) => Assert.Equal(code, Assert.Throws<UserErrorException>(() => PlanRules.Check(plans)).Code);
}
