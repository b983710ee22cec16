using OsDeploy.Agent;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Agent;

public sealed class OrderOptionsTests
{
    [Fact]
    public void A_manual_restore_touches_its_one_partition_unless_the_table_comes_back_too()
    {
        var order = AgentLoopTests.Order(JobKind.ManualRestore) with
        {
            Image = ImageName.Parse("office"),
            Version = VersionId.Of([1]),
            Options = new JobOptions([3], ManualName: "office"),
        };

        Assert.Equal([3], OrderOptions.ForRestore(order).Partitions!);
        Assert.Null(OrderOptions.ForRestore(order with { Options = order.Options with { WithTable = true } }).Partitions);
    }
}
