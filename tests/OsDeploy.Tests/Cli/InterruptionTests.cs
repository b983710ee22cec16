using Mono.Unix.Native;
using OsDeploy.Cli;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class InterruptionTests
{
    // A hang-up goes the same way as Ctrl-C, which the test runner would take for itself.
    [Fact]
    public void The_first_signal_asks_and_does_not_end_the_process()
    {
        using var talk = new StringWriter();
        using var interruption = new Interruption(talk);

        Assert.Equal(0, Syscall.kill(Environment.ProcessId, Signum.SIGHUP));

        Assert.True(interruption.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)));
        Assert.Contains("interrupt once more", talk.ToString(), StringComparison.Ordinal);
    }
}
