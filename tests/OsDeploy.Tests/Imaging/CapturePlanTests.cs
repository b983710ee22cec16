using OsDeploy.Agent;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Disks;
using OsDeploy.Images;
using OsDeploy.Imaging;
using OsDeploy.Tests.Agent;
using Xunit;

namespace OsDeploy.Tests.Imaging;

public sealed class CapturePlanTests
{
    private const long Mebi = 1 << 20;

    [Theory]
    [InlineData(PartitionUse.Image, PartitionContent.Image)]
    [InlineData(PartitionUse.Raw, PartitionContent.Raw)]
    [InlineData(PartitionUse.Leave, PartitionContent.Leave)]
    public void What_the_plan_says_of_a_partition_is_what_is_read_of_it(PartitionUse use, PartitionContent content)
    {
        var order = AgentLoopTests.Order(JobKind.Capture) with
        {
            Image = ImageName.Parse("lab"),
            Partitions = [new PartitionPlan(1, 2, Use: use), new PartitionPlan(2, 1, Use: use)],
        };

        var options = OrderOptions.ForCapture(order);

        Assert.Equal([PartitionContent.Image, content], CapturePlan.For(Layout(), options).Select(record => record.Content));
        Assert.Equal([content], CapturePlan.For(Layout() with { Partitions = [Partition(1)] }, Capture.OptionsOfFurtherDisk(options, 2)).Select(record => record.Content));
    }

    private static DiskLayout Layout() => new(
        new DiskIdentity("/dev/sda", null, "S1", null, null, 1000 * Mebi, 512, IsBlockDevice: true, IsRemovable: false, IsReadOnly: false, []),
        "gpt",
        null,
        [],
        Mebi,
        "uefi",
        [Partition(1), Partition(2)]);

    private static PartitionLayout Partition(int number) =>
        new(number, number * 100 * Mebi, 100 * Mebi, "0FC63DAF-8483-4772-8E79-3D69D8477DE4", null, null, IsContainer: false, "ext4", null, null, null);
}
