using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Screens.Machine;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Images;
using OsDeploy.Tests.Screens.Forms;
using Xunit;
using static OsDeploy.Tests.Screens.Machine.BenchComputer;

namespace OsDeploy.Tests.Screens.Machine;

/// <summary>The machine screens as lines.</summary>
public sealed class PlainMachineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restore_is_started_and_stopped_by_typed_lines()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab"), Cancel);
        await daemon.StoreAsync(SampleImage.Of([1, 2, 3]));
        await daemon.AddHostAsync(1, "pc01", configuration: "lab");
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1", Partition(1, "ntfs", 100, "Schule"))));
        await bench.UntilAsync(state => state.Facts is not null);
        var script = new ScriptedLines(TestDaemon.Anna, TestDaemon.Password, "1", "n");

        await new PlainMachine(bench.Session, script.Lines).RunAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        Assert.Contains("Schule", script.Said, StringComparison.Ordinal);
        Assert.Contains("Restore: not begun", script.Said, StringComparison.Ordinal);
        Assert.Equal("job-declined", Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job.Fault!.Code);
    }
}
