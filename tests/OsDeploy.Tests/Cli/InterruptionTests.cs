using System.Runtime.InteropServices;
using Mono.Unix.Native;
using OsDeploy.Cli;
using OsDeploy.Cli.Progress;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class InterruptionTests
{
    // A hang-up goes the same way as Ctrl-C, which the test runner would take for itself.
    [Fact]
    public async Task The_first_signal_asks_and_does_not_end_the_process()
    {
        using var talk = new AwaitedWriter();
        using var interruption = new Interruption(TerminalOn(talk));

        Assert.Equal(0, Syscall.kill(Environment.ProcessId, Signum.SIGHUP));

        Assert.Contains("interrupt once more", await talk.Line.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(interruption.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_dropped_session_hangs_up_twice_and_cancels_once()
    {
        using var talk = new BrokenWriter();
        using var interruption = new Interruption(TerminalOn(talk));
        var (shell, kernel) = (new PosixSignalContext(PosixSignal.SIGHUP), new PosixSignalContext(PosixSignal.SIGHUP));

        interruption.Interrupt(shell);
        interruption.Interrupt(kernel);

        Assert.True(interruption.Token.IsCancellationRequested);
        Assert.True(shell.Cancel && kernel.Cancel, "the process would have ended");
    }

    [Fact]
    public async Task A_question_on_a_terminal_that_is_gone_has_no_answer()
    {
        using var talk = new BrokenWriter();

        Assert.Empty(await TerminalOn(talk).AskAsync("Sure?", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Progress_on_a_terminal_that_is_gone_does_not_stop_the_work()
    {
        using var talk = new BrokenWriter();
        var clock = new ManualClock();
        using var printer = new ProgressPrinter(new Session(TerminalOn(talk), clock, TestTerminal.NoLogins), new JobProgress());

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotEqual(0, talk.Attempts);
    }

    private static Terminal TerminalOn(TextWriter talk) => new(new BrokenReader(), TextWriter.Null, talk, canAsk: true, canRepaint: true, width: 80);

    private sealed class AwaitedWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new();

        public Task<string> Line => _line.Task;

        public override void WriteLine(string? value) => _line.TrySetResult(value ?? "");
    }

    private sealed class BrokenWriter : StringWriter
    {
        public int Attempts { get; private set; }

        public override void Write(string? value) => Fail();

        public override void WriteLine(string? value) => Fail();

        private void Fail()
        {
            Attempts++;
            throw new IOException("Input/output error");
        }
    }

    private sealed class BrokenReader : TextReader
    {
        public override string? ReadLine() => throw new IOException("Input/output error");
    }
}
