using System.Net.Sockets;
using System.Text;
using Mono.Unix.Native;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.Tests.Api;
using Xunit;

namespace OsDeploy.Tests.Helper;

public sealed class HelperServerTests : IDisposable
{
    private static readonly PowerRequest s_restart = new(PowerAction.Restart);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => _folder["helper.sock"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_call_is_logged_with_who_asked_and_what_would_run()
    {
        await using var helper = RunningHelper.Start(Path);

        await helper.CallAsync(s_restart);
        await helper.LoggedAsync("done");

        var caller = $"user {Syscall.geteuid()}, process {Environment.ProcessId}: ";
        Assert.Equal([caller + "power restart", caller + "would run `systemctl reboot`", caller + "done"], helper.Log.Skip(1));
    }

    [Fact]
    public async Task The_programs_of_a_verb_run_in_order_until_one_fails()
    {
        var (first, second) = (_folder["first"], _folder["second"]);
        await using var helper = RunningHelper.Start(
            Path, _ => [new Command("touch", first), new Command("sh", "-c", "echo no such clock >&2; exit 4"), new Command("touch", second)]);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => helper.CallAsync(s_restart));

        Assert.Equal("tool-failed", error.Code);
        Assert.Contains("no such clock", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(first));
        Assert.False(File.Exists(second));
    }

    [Fact]
    public async Task A_time_that_no_clock_should_have_is_refused_with_the_reason()
    {
        await using var helper = RunningHelper.Start(Path);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => helper.CallAsync(new ClockRequest(DateTimeOffset.UnixEpoch)));

        Assert.Equal("clock-out-of-range", error.Code);
        Assert.Contains("1970-01-01 00:00:00", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(helper.Log, line => line.Contains("would run", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"verb":"shell","command":"id"}""" + "\n")]
    [InlineData("""{"verb":"power","action":"restart","force":true}""" + "\n")]
    [InlineData("\n")]
    public async Task What_is_not_a_request_is_refused_and_does_nothing(string text)
    {
        await using var helper = RunningHelper.Start(Path);
        await using var connection = await helper.ConnectAsync();

        Assert.Equal("helper-request", (await RunningHelper.SayAsync(connection, text)).Code);
        Assert.DoesNotContain(helper.Log, line => line.Contains("would run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_oversize_line_is_refused_before_its_end()
    {
        await using var helper = RunningHelper.Start(Path);
        await using var connection = await helper.ConnectAsync();

        Assert.Equal("helper-request", (await RunningHelper.SayAsync(connection, new string(' ', HelperProtocol.MaxLine))).Code);
    }

    [Fact]
    public async Task A_fault_in_one_request_is_told_and_ends_nothing_else()
    {
        await using var helper = RunningHelper.Start(
            Path, request => request is ClockRequest ? throw new InvalidOperationException("\u001b[31mred") : [new Command("true")]);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => helper.CallAsync(new ClockRequest(DateTimeOffset.UnixEpoch)));
        await helper.CallAsync(s_restart);

        Assert.Equal("helper-fault", error.Code);
        Assert.DoesNotContain(helper.Log, line => line.Any(char.IsControl));
    }

    [Fact]
    public async Task Who_says_nothing_is_told_so_at_the_deadline()
    {
        await using var helper = RunningHelper.Start(Path, time: new JumpingTime());
        await using var connection = await helper.ConnectAsync();

        Assert.Equal("helper-too-slow", (await RunningHelper.AnswerAsync(connection)).Code);
    }

    [Fact]
    public async Task Two_are_served_at_once()
    {
        await using var helper = RunningHelper.Start(Path);
        await using var slow = await helper.ConnectAsync();
        await slow.WriteAsync(Encoding.UTF8.GetBytes("""{"verb":"power","""), Cancel);

        await helper.CallAsync(s_restart);

        Assert.True((await RunningHelper.SayAsync(slow, "\"action\":\"off\"}\n")).Ok);
    }

    [Fact]
    public async Task A_ninth_connection_is_refused_and_has_room_once_another_ends()
    {
        await using var helper = RunningHelper.Start(Path, time: new SetTime());
        var eight = new List<NetworkStream>();
        for (var i = 0; i < HelperProtocol.MaxConnections; i++)
        {
            eight.Add(await helper.ConnectAsync());
        }

        var error = await Assert.ThrowsAsync<UserErrorException>(() => helper.CallAsync(s_restart));
        Assert.Equal("helper-busy", error.Code);

        Assert.True((await RunningHelper.SayAsync(eight[0], "{\"verb\":\"power\",\"action\":\"off\"}\n")).Ok);
        await helper.LoggedAsync("done");
        await UntilThereIsRoomAsync(helper);
        Assert.All(eight, connection => connection.Dispose());
    }

    [Fact]
    public async Task Who_is_still_talking_when_it_stops_is_told_so()
    {
        await using var helper = RunningHelper.Start(Path);
        await using var slow = await helper.ConnectAsync();
        await helper.CallAsync(s_restart); // connections are taken in order: the slow one is in

        helper.Stop();

        Assert.Equal("helper-stopping", (await RunningHelper.AnswerAsync(slow)).Code);
        await helper.EndAsync();
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task What_runs_when_it_stops_runs_to_its_end()
    {
        var fifo = _folder["fifo"];
        await new Command("mkfifo", fifo).RunAsync(Cancel);
        await using var helper = RunningHelper.Start(Path, _ => [new Command("cat", fifo)]);
        var call = helper.CallAsync(s_restart);
        await helper.LoggedAsync("runs `cat");

        helper.Stop();
        await new Command("sh", "-c", $"echo >'{fifo}'").RunAsync(Cancel);

        await call;
        await helper.EndAsync();
    }

    [Fact]
    public async Task Only_its_owner_and_group_can_open_the_socket()
    {
        await using var helper = RunningHelper.Start(Path);

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public async Task What_a_killed_helper_left_is_replaced()
    {
        await new Command("perl", "-MIO::Socket::UNIX", "-e", "IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 1) or die", Path).RunAsync(Cancel);
        Assert.True(File.Exists(Path));

        await using var helper = RunningHelper.Start(Path);
        await helper.CallAsync(s_restart);
    }

    [Fact]
    public async Task A_second_helper_does_not_take_the_place_of_one_that_runs()
    {
        await using var helper = RunningHelper.Start(Path);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => RunningHelper.Start(Path).EndAsync());

        Assert.Equal("socket-in-use", error.Code);
        await helper.CallAsync(s_restart);
    }

    [Fact]
    public async Task A_file_that_is_no_socket_stays_where_it_is()
    {
        await File.WriteAllTextAsync(Path, "keep", Cancel);
        File.CreateSymbolicLink(_folder["link"], "/no/such/place");

        Assert.Equal("socket-not-made", (await Assert.ThrowsAsync<UserErrorException>(() => RunningHelper.Start(Path).EndAsync())).Code);
        Assert.Equal("socket-not-made", (await Assert.ThrowsAsync<UserErrorException>(() => RunningHelper.Start(_folder["link"]).EndAsync())).Code);
        Assert.Equal("socket-not-made", (await Assert.ThrowsAsync<UserErrorException>(() => RunningHelper.Start(_folder["no/folder"]).EndAsync())).Code);
        Assert.Equal("keep", await File.ReadAllTextAsync(Path, Cancel));
    }

    // Its end is seen a moment before its place is free.
    private static async Task UntilThereIsRoomAsync(RunningHelper helper)
    {
        while (true)
        {
            try
            {
                await helper.CallAsync(s_restart);
                return;
            }
            catch (UserErrorException e) when (e.Code == "helper-busy")
            {
                Cancel.ThrowIfCancellationRequested();
            }
        }
    }
}
