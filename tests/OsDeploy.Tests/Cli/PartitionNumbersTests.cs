using OsDeploy.Cli;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class PartitionNumbersTests
{
    [Fact]
    public void Nothing_typed_means_all() => Assert.Null(PartitionNumbers.Parse(null));

    [Fact]
    public void Numbers_come_with_commas() => Assert.Equal([1, 3], PartitionNumbers.Parse("1, 3")!.Order());

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1;3")]
    [InlineData("1,")]
    [InlineData("sda1")]
    [InlineData("99999999999")]
    public void Anything_else_is_a_usage_error(string text) =>
        Assert.Equal("usage-partitions", Assert.Throws<UserErrorException>(() => PartitionNumbers.Parse(text)).Code);

    [Fact]
    public void A_data_partition_is_formatted_or_left()
    {
        var plans = PartitionNumbers.ParseData(["4=ntfs", "5=leave,6=ext4"])!;

        Assert.Equal("ntfs", plans[4].FileSystem);
        Assert.Null(plans[5].FileSystem);
        Assert.Equal("ext4", plans[6].FileSystem);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("4=zfs")]
    [InlineData("ntfs=4")]
    [InlineData("4=ntfs=5")]
    [InlineData("4=ntfs,4=ext4")]
    public void A_plan_that_says_nothing_clear_is_a_usage_error(string text) =>
        Assert.Equal("usage-data", Assert.Throws<UserErrorException>(() => PartitionNumbers.ParseData([text])).Code);
}
