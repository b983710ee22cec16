using OsDeploy.Cli;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class FaultTests
{
    [Fact]
    public void A_fault_shows_what_was_done_and_keeps_the_trace_in_a_log()
    {
        var state = Directory.CreateTempSubdirectory("osdeploy-test-").FullName;
        var before = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", state);
        try
        {
            var terminal = TestTerminal.Piped();

            Fault.Report(new Session(terminal.Terminal, new ManualClock(), TestTerminal.NoLogins), ["disk", "list\u001b[2J"], new InvalidOperationException("seven"));

            var lines = terminal.Talk.Split('\n');
            Assert.Equal("osdeploy stopped while running `osdeploy disk list?[2J`.   [fault]", lines[0]);
            Assert.StartsWith("This is a fault in osdeploy", lines[1], StringComparison.Ordinal);
            Assert.StartsWith($"Log: {state}/osdeploy/fault-20261120-180000-", lines[2], StringComparison.Ordinal);
            Assert.DoesNotContain("seven", terminal.Talk, StringComparison.Ordinal);
            Assert.Contains("seven", File.ReadAllText(lines[2]["Log: ".Length..]), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_STATE_HOME", before);
            Directory.Delete(state, recursive: true);
        }
    }
}
