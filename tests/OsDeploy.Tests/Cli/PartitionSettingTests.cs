using OsDeploy.Api.Configurations;
using OsDeploy.Cli;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Cli;

public sealed class PartitionSettingTests
{
    [Fact]
    public void A_plan_takes_what_is_said_and_keeps_the_rest()
    {
        var before = new PartitionPlan(1, 3, "old", OperatingSystem.Win10, JoinMode.Domain, Secret.Mask, PartitionUse.Image, null, false);

        var after = Assert.Single(PartitionSettings.Plans(["3:os=win11,description=System,grow"], [before])!);

        Assert.Equal(before with { Os = OperatingSystem.Win11, Description = "System", Grow = true }, after);
    }

    [Fact]
    public void Partitions_are_added_in_order_and_reset_ones_go()
    {
        var plans = PartitionSettings.Plans(["2.1:use=Format,format=ntfs", "1.2:os=Linux", "3:reset"], [new PartitionPlan(1, 3)]);

        Assert.Equal([new PartitionPlan(1, 2, Os: OperatingSystem.Linux), new PartitionPlan(2, 1, Use: PartitionUse.Format, Format: "ntfs")], plans);
    }

    [Fact]
    public void A_key_without_a_value_takes_the_value_away()
    {
        var plan = Assert.Single(PartitionSettings.Plans(["1:description=,os=,join=,product-id=,format=,grow=no"],
            [new PartitionPlan(1, 1, "System", OperatingSystem.Win11, JoinMode.Domain, "KEY", PartitionUse.Image, "ntfs", true)])!);

        Assert.Equal(new PartitionPlan(1, 1), plan);
    }

    [Fact]
    public void A_host_gives_single_values_back_to_its_configuration()
    {
        var own = new PartitionOverride(1, 1, "Teacher", OperatingSystem.Win11, JoinMode.Workgroup, Grow: true);

        Assert.Equal([own with { Join = null, Grow = null }], PartitionSettings.Overrides(["1:join=,grow="], [own]));
        Assert.Equal([], PartitionSettings.Overrides(["1:reset"], [own])!);
    }

    [Fact]
    public void Nothing_said_changes_nothing() => Assert.Null(PartitionSettings.Plans([], [new PartitionPlan(1, 1)]));

    [Theory]
    [InlineData("os=Win11", "os=Win11")]
    [InlineData("0:os=Win11", "0")]
    [InlineData("1.2.3:os=Win11", "1.2.3")]
    [InlineData("1", "1")]
    [InlineData("1:", "")]
    [InlineData("1:os", "os")]
    [InlineData("1:os=Win12", "os=Win12")]
    [InlineData("1:os=3", "os=3")]
    [InlineData("1:join=Domain,Os=Win11", "Os=Win11")]
    [InlineData("1:grow=maybe", "grow=maybe")]
    [InlineData("1:grow,grow=no", "grow=no")]
    [InlineData("1:use=Image,", "")]
    [InlineData("1:\u001b[31m=x", "?[31m=x")]
    public void The_part_that_is_wrong_is_named(string text, string part)
    {
        var error = Assert.Throws<UserErrorException>(() => PartitionSettings.Plans([text], []));

        Assert.Equal("usage-partition", error.Code);
        Assert.Contains($"\"{part}\"", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error.Message);
    }
}
