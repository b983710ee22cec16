using System.Diagnostics;
using Xunit;

namespace OsDeploy.Tests;

public sealed class CommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Output_error_output_and_input_are_kept_apart()
    {
        var result = await new Command("sh", "-c", "cat; echo oops >&2").WithInput("hello").RunAsync(Cancel);
        Assert.Equal(new CommandResult(0, "hello", "oops\n"), result);
    }

    [Fact]
    public async Task Arguments_are_never_read_by_a_shell()
    {
        var result = await new Command("printf", "%s|", "$HOME", "a b", "; rm -rf /", "`id`").RunAsync(Cancel);
        Assert.Equal("$HOME|a b|; rm -rf /|`id`|", result.Output);
    }

    [Fact]
    public async Task A_failure_carries_the_last_words_without_control_characters()
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => new Command("sh", "-c", "printf 'bad \\033[31mdisk' >&2; exit 3").RunAsync(Cancel));
        Assert.Equal("tool-failed", error.Code);
        Assert.Contains("sh failed with code 3: bad ?[31mdisk", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exit_codes_that_are_answers_are_no_failures() =>
        Assert.Equal(1, (await new Command("false").Accepting(code => code <= 1).RunAsync(Cancel)).ExitCode);

    [Fact]
    public async Task A_missing_program_is_named()
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => new Command("no-such-program-here").RunAsync(Cancel));
        Assert.Equal("tool-missing", error.Code);
        Assert.Contains("no-such-program-here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_program_is_found_before_it_is_needed()
    {
        Assert.Null(Command.WhyMissing("sh", "cat"));
        var error = Command.WhyMissing("sh", "no-such-program-here", "cat");
        Assert.Equal("tool-missing", error?.Code);
        Assert.Contains("no-such-program-here", error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Much_output_on_both_sides_does_not_block()
    {
        var result = await new Command("sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' a; head -c 3000000 /dev/zero | tr '\\0' b >&2").RunAsync(Cancel);
        Assert.Equal((3_000_000, 3_000_000), (result.Output.Length, result.ErrorOutput.Length));
    }

    [Fact]
    public async Task A_program_that_does_not_read_its_input_is_not_waited_for() =>
        await new Command("true").WithInput(new string('x', 1 << 20)).RunAsync(Cancel);

    [Fact]
    public async Task A_hung_program_and_its_children_are_stopped_at_the_deadline()
    {
        var clock = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            new Command("sh", "-c", "sleep 60 & sleep 60").WithDeadline(TimeSpan.FromMilliseconds(200)).RunAsync(Cancel));
        Assert.Equal("tool-hung", error.Code);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Cancel_is_always_an_exception()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Command("sleep", "60").RunAsync(cancel.Token));
    }

    [Fact]
    public async Task A_session_of_its_own_keeps_output_input_and_exit_code()
    {
        // proc(5): the session is field 6 of stat; neither name here holds a blank.
        const string script = "read line; echo $line; cut -d ' ' -f 6 /proc/self/stat; exit 3";
        var own = await new Command("sh", "-c", script).WithInput("hello\n").WithOwnSession().Accepting(code => code == 3).RunAsync(Cancel);
        var shared = await new Command("sh", "-c", script).WithInput("hello\n").Accepting(code => code == 3).RunAsync(Cancel);
        Assert.Equal("hello", own.Output.Split('\n')[0]);
        Assert.NotEqual(await SessionAsync(), own.Output.Split('\n')[1]);
        Assert.Equal(await SessionAsync(), shared.Output.Split('\n')[1]);
    }

    [Fact]
    public async Task A_hung_program_in_a_session_of_its_own_is_stopped_with_its_children()
    {
        var folder = Directory.CreateTempSubdirectory("osdeploy-command-");
        var fifo = Path.Combine(folder.FullName, "fifo");
        await new Command("mkfifo", fifo).RunAsync(Cancel);

        // The reader sees the end of the pipe only once the child of the hung program is gone too.
        var reader = new Command("cat", fifo).WithDeadline(TimeSpan.FromSeconds(30)).RunAsync(Cancel);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => new Command("sh", "-c", $"sleep 60 >'{fifo}' & sleep 60")
            .WithOwnSession().WithDeadline(TimeSpan.FromMilliseconds(300)).RunAsync(Cancel));
        Assert.Equal("tool-hung", error.Code);
        Assert.Contains("sh did not end", error.Message, StringComparison.Ordinal);
        await reader;
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_program_missing_in_a_session_of_its_own_is_named()
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => new Command("no-such-program-here").WithOwnSession().RunAsync(Cancel));
        Assert.Contains("no-such-program-here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_are_english() =>
        Assert.Contains("No such file", (await new Command("ls", "/no/such").Accepting(_ => true).RunAsync(Cancel)).ErrorOutput, StringComparison.Ordinal);

    private static async Task<string> SessionAsync() => (await File.ReadAllTextAsync("/proc/self/stat", Cancel)).Split(' ')[5];
}
