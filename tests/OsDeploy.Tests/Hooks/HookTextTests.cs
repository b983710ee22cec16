using OsDeploy.Api.Jobs;
using OsDeploy.Cli.Output;
using OsDeploy.Tests.Jobs;
using Xunit;

namespace OsDeploy.Tests.Hooks;

public sealed class HookTextTests
{
    [Fact]
    public void Hooks_that_did_not_end_well_stand_under_the_list_of_batches()
    {
        var batch = SampleJobs.Batch() with
        {
            Id = "0000012",
            Hooks = [new HookRun("check", SampleJobs.Now, 0, "fine"), new HookRun("before-batch", SampleJobs.Now, 3, "first\nno \u001b[2Jlock")],
        };
        using var writer = new StringWriter();

        BatchText.WriteList(writer, [new BatchView(batch, 0, 0, 0, 0, 0, 0, [])], TimeProvider.System);

        Assert.EndsWith("\nBatch 12: the hook before-batch did not end well: no ?[2Jlock\n", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("check", writer.ToString(), StringComparison.Ordinal);
    }
}
