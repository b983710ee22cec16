using OsDeploy.Agent;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Cli;
using OsDeploy.Cli.Machine;
using OsDeploy.Tests.Agent;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class MachineVerbTests
{
    private static readonly PresentDisk s_disk = new(new HostDisk("sda", "Samsung", "S5", null, "sata", 1L << 30, 512, IsRemovable: false), "/dev/sda");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("unix:/run/osdeployd.sock", false, true)]
    [InlineData("http://127.0.0.1:8080", false, true)]
    [InlineData("https://localhost", false, true)]
    [InlineData("http://[::1]", false, true)]
    [InlineData("https://10.1.2.3", false, false)]
    [InlineData("https://10.1.2.3", true, true)]
    [InlineData("https://172.31.0.1", true, true)]
    [InlineData("https://172.32.0.1", true, false)]
    [InlineData("https://192.168.7.1:8443", true, true)]
    [InlineData("https://[fd12::1]", true, true)]
    [InlineData("https://[2001:db8::1]", true, false)]
    [InlineData("https://8.8.8.8", true, false)]
    [InlineData("https://appliance.school.example", true, false)]
    [InlineData("https://127.0.0.1.school.example", true, false)]
    [InlineData("nonsense", true, false)]
    public void A_test_computer_is_shown_only_where_nobody_else_is(string server, bool isOwnNamespace, bool isAllowed) =>
        Assert.Equal(isAllowed, LabRule.Allows(server, isOwnNamespace));

    [Theory]
    [InlineData("--server https://192.0.2.7", "usage-pin-missing")]
    [InlineData("--server https://192.0.2.7 --pin 12", "usage-pin")]
    [InlineData("--server http://127.0.0.1:1 --lab-disk a=b", "usage-not-understood")]
    [InlineData("--server http://127.0.0.1:1 --lab-identity /nonexistent", "usage-lab-identity")]
    [InlineData("--server http://127.0.0.1:1 --lab-identity PC --lab-disk nowhere.img=S1", "usage-lab-disk")]
    [InlineData("--server http://127.0.0.1:1 --lab-identity PC --lab-disk PC", "usage-lab-disk")]
    [InlineData("--server http://192.0.2.7 --lab-identity PC", "usage-lab")]
    [InlineData("", "usage-not-understood")]
    public async Task What_cannot_be_meant_is_a_usage_error(string arguments, string code)
    {
        using var folder = new TemporaryFolder();
        var terminal = TestTerminal.Piped();

        var exitCode = await terminal.RunAsync("machine " + arguments.Replace("PC", await PcAsync(folder), StringComparison.Ordinal));

        Assert.Equal(2, exitCode);
        Assert.Contains($"[{code}]", terminal.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_job_is_done_and_said_line_by_line()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(AgentLoopTests.Order(JobKind.Hold));
        var terminal = TestTerminal.Piped();

        var exitCode = await terminal.RunAsync($"machine --server {server.Url} --once --pin {new string('0', 64)} --lab-identity {await PcAsync(folder)}");

        Assert.Equal(0, exitCode);
        Assert.Contains("key babab babab babab babab", terminal.Talk, StringComparison.Ordinal);
        Assert.Contains("PC-01 (lab): there is a job.", terminal.Talk, StringComparison.Ordinal);
        Assert.Contains("Job job: hold", terminal.Talk, StringComparison.Ordinal);
        Assert.Contains("Job job: verified in 0:00.", terminal.Talk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n\n", false)]
    [InlineData("stop\n", false)]
    [InlineData("\n", true)]
    public async Task A_person_has_the_last_word_before_disks_are_written(string typed, bool mayWrite)
    {
        var terminal = TestTerminal.Answering(typed);
        var screen = new MachineScreen(new Session(terminal.Terminal, new ManualClock(), terminal.Logins), isUnattended: false);

        Assert.Equal(mayWrite, await screen.MayWriteAsync(AgentLoopTests.Order(JobKind.Erase), [s_disk], Cancel));
        Assert.Contains("/dev/sda: Samsung, serial number S5, 1.00 GiB", terminal.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_answers_writing_begins_after_ten_seconds_and_not_before()
    {
        var (terminal, clock) = (TestTerminal.Piped(), new ManualClock());
        var screen = new MachineScreen(new Session(terminal.Terminal, clock, terminal.Logins), isUnattended: false);
        var answer = screen.MayWriteAsync(AgentLoopTests.Order(JobKind.Erase), [s_disk], Cancel);

        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(answer.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await answer);
    }

    [Fact]
    public async Task An_unattended_computer_does_not_wait()
    {
        var terminal = TestTerminal.Piped();
        var screen = new MachineScreen(new Session(terminal.Terminal, new ManualClock(), terminal.Logins), isUnattended: true);

        Assert.True(await screen.MayWriteAsync(AgentLoopTests.Order(JobKind.Erase), [s_disk], Cancel));
        Assert.Equal("", terminal.Talk);
    }

    [Fact]
    public void What_the_server_says_cannot_move_the_cursor()
    {
        var line = MachineText.Of(new Orders(AgentState.Idle, "PC\u001b[2J", "lab\r", null, "a\u0007disk", 1));
        Assert.Equal("PC?[2J (lab?): nothing to do. Waiting for: a?disk", line);
    }

    [Fact]
    public void The_words_of_a_start_stand_among_the_lines()
    {
        var terminal = TestTerminal.Piped();
        var screen = new MachineScreen(new Session(terminal.Terminal, new ManualClock(), terminal.Logins), isUnattended: true);

        screen.Show(new Orders(AgentState.Idle, "pc01", "lab", null, "an operator", 1, ShowsWords: true), "lusab babad gutih tugad");

        Assert.EndsWith(": lusab babad gutih tugad\n", terminal.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_failed_says_where_why_and_what_to_do()
    {
        var end = new JobEnd(JobOutcome.Failed, new JobFault("write", "disk-write-failed", "It broke.", "Mend it."), null, null);
        Assert.Equal(["Job job: failed at write: It broke.   [disk-write-failed]", "Mend it."], MachineText.OfEnd(AgentLoopTests.Order(JobKind.Erase), end, 0));
    }

    private static async Task<string> PcAsync(TemporaryFolder folder)
    {
        var path = folder["pc.json"];
        await File.WriteAllTextAsync(path, """{"macs":["02:00:00:00:00:01"]}""", Cancel);
        return path;
    }
}
