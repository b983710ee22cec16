using OsDeploy.Cli;
using OsDeploy.Cli.Progress;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class ProgressPrinterTests
{
    private readonly ManualClock _clock = new();
    private readonly JobProgress _job = new();

    [Fact]
    public void Without_a_terminal_there_is_a_line_every_ten_seconds()
    {
        var terminal = TestTerminal.Piped();
        using (var printer = new ProgressPrinter(new Session(terminal.Terminal, _clock, TestTerminal.NoLogins), _job))
        {
            var meter = _job.Begin("capture", 1000 << 20);
            _clock.Advance(TimeSpan.FromSeconds(9));
            Assert.Empty(terminal.Talk);
            meter.Add(100 << 20);
            _clock.Advance(TimeSpan.FromSeconds(1));
            meter.Add(400 << 20);
            _clock.Advance(TimeSpan.FromSeconds(19));
        }

        var lines = terminal.Talk.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("capture: 10 %, 100 MiB of 0.98 GiB", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("capture: 50 %, 500 MiB of 0.98 GiB, 40.0 MiB/s, 0:12 left", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_is_repainted_four_times_a_second_on_one_line_and_left_clean()
    {
        var terminal = TestTerminal.Answering("");
        using (var printer = new ProgressPrinter(new Session(terminal.Terminal, _clock, TestTerminal.NoLogins), _job))
        {
            _job.Begin("compare", 1000).Add(500);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(4, terminal.Talk.Split("\rcompare").Length - 1);
        Assert.DoesNotContain('\n', terminal.Talk);
        Assert.EndsWith(" \r", terminal.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shorter_line_leaves_nothing_of_a_longer_one()
    {
        var terminal = TestTerminal.Answering("");
        using (var printer = new ProgressPrinter(new Session(terminal.Terminal, _clock, TestTerminal.NoLogins), _job))
        {
            _job.Begin("a phase with a long name", 1000).Add(500);
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            _job.Begin("end", 0);
            _clock.Advance(TimeSpan.FromMilliseconds(250));
        }

        var paints = terminal.Talk.Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(paints[0].Length, paints[1].Length);
    }

    [Fact]
    public void A_new_phase_starts_its_own_rate()
    {
        var terminal = TestTerminal.Piped();
        using (var printer = new ProgressPrinter(new Session(terminal.Terminal, _clock, TestTerminal.NoLogins), _job))
        {
            _job.Begin("compare", 0).Add(100 << 20);
            _clock.Advance(TimeSpan.FromSeconds(10));
            _job.Begin("write", 0);
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Contains("write: 0 B", terminal.Talk, StringComparison.Ordinal);
        Assert.DoesNotContain("-", terminal.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_job_says_nothing()
    {
        var terminal = TestTerminal.Answering("");

        new ProgressPrinter(new Session(terminal.Terminal, _clock, TestTerminal.NoLogins), _job).Dispose();

        Assert.Empty(terminal.Talk);
    }
}
