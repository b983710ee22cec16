using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using Xunit;

namespace OsDeploy.Tests.Api;

public sealed class NullsTests
{
    [Fact]
    public void A_computer_without_serial_numbers_can_say_hello() => AssertComesBack(
        new Hello("n", new HardwareIdentity(null, null, null, []), new Inventory(null, null, "bios", 1, [new("sda", null, null, null, null, 1, 512, false)], []), "p"),
        ApiJson.Default.Hello);

    [Fact]
    public void An_agent_without_a_job_can_ask_and_be_told_to_wait()
    {
        AssertComesBack(new Poll(null), ApiJson.Default.Poll);
        AssertComesBack(new Orders(AgentState.Pending, null, null, null, null, 1), ApiJson.Default.Orders);
    }

    [Fact]
    public void An_order_without_an_image_and_an_end_without_a_fault_arrive()
    {
        var order = new JobOrder("j", 1, JobKind.Erase, new JobOptions(), null, null, [new DiskBinding(1, null, null, null, 1)], [], null, "c", false);
        AssertComesBack(new Orders(AgentState.Job, null, null, order, null, 1), ApiJson.Default.Orders);
        AssertComesBack(
            new JobReport(1, new JobProgressView("p", 0, 0, 0, "cpu"), [], 1, [], new JobEnd(JobOutcome.Verified, null, null, null)), ApiJson.Default.JobReport);
    }

    private static void AssertComesBack<T>(T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.Serialize(value, type);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type)!, type));
    }
}
