using OsDeploy.Agent;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Machine;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Screens.Forms;
using Xunit;

namespace OsDeploy.Tests.Screens.Machine;

/// <summary>A shell on another console of a computer that is a host.</summary>
public sealed class OpenShellTests
{
    private static readonly JobOrder s_order = new("0000001", 1, JobKind.Restore, new JobOptions(), null, null, [], [], null, "claim", false);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_somebody_is_in_the_shell_of_a_console_no_disk_is_written_and_nothing_restarts()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var folder = new TemporaryFolder();
        var options = new MachineOptions(daemon.Address, daemon.Key, "osdeploy test") { ShellMark = Path.Combine(folder.Path, "run/shell") };
        Assert.False(OpenShell.IsThere(options.ShellMark));
        var script = new ScriptedLines(TestDaemon.Anna, TestDaemon.Password);
        Assert.True(await ConsoleLogin.RunAsync(options, script.Lines, () => Assert.True(OpenShell.IsThere(options.ShellMark)), TimeProvider.System, Cancel));
        Assert.False(OpenShell.IsThere(options.ShellMark));

        using var session = new MachineSession(new AgentOptions(daemon.Address, daemon.Key, "osdeploy test"), options, new LabComputer(new LabIdentity([]), []), TimeProvider.System);
        using (OpenShell.Mark(options.ShellMark))
        {
            Assert.False(await session.MayWriteAsync(s_order, [], Cancel));
            Assert.False(await session.MayRestartAsync(s_order, Cancel));
        }
    }
}
