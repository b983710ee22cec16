using System.Globalization;
using System.Net.Sockets;
using System.Text;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;

namespace OsDeploy.MachineTests.Helper;

public sealed class HelperProgramTests : IDisposable
{
    private const uint Nobody = 65534;
    private const string Restart = """{"verb":"power","action":"restart"}""";

    // perl-base is on every Debian, and any user can run it wherever the tests lie.
    private const string Caller = """
        my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die "connect: $!\n"; $SIG{PIPE} = "IGNORE"; print $s "$ARGV[1]\n"; print <$s>;
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-helper-");

    public HelperProgramTests()
    {
        Root.OrSkip();
        File.SetUnixFileMode(_folder.FullName, File.GetUnixFileMode(_folder.FullName) | UnixFileMode.OtherExecute);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_folder.FullName, "helper.sock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Root_and_the_allowed_user_are_served_and_named_in_the_log()
    {
        await using var helper = await HelperProgram.StartAsync(Path, Nobody);

        await CallAsRootAsync();
        Assert.StartsWith("user 0, process ", await helper.ReadLogAsync(), StringComparison.Ordinal);
        Assert.EndsWith(": would run `systemctl reboot`", await helper.ReadLogAsync(), StringComparison.Ordinal);
        Assert.EndsWith(": done", await helper.ReadLogAsync(), StringComparison.Ordinal);

        Assert.Equal("{\"ok\":true}\n", (await CallAsAsync(Nobody)).Output);
        Assert.StartsWith("user 65534, process ", await helper.ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_user_cannot_open_the_socket()
    {
        await using var helper = await HelperProgram.StartAsync(Path, Nobody);

        Assert.Equal("connect: Permission denied\n", (await CallAsAsync(Nobody - 1)).ErrorOutput);
    }

    [Fact]
    public async Task Another_user_is_refused_even_through_an_open_socket()
    {
        await using var helper = await HelperProgram.StartAsync(Path, Nobody - 1);
        const UnixFileMode everyone = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | everyone);

        var answer = HelperProtocol.ParseAnswer(Encoding.UTF8.GetBytes((await CallAsAsync(Nobody)).Output));

        Assert.Equal((false, "helper-not-allowed"), (answer.Ok, answer.Code));
        Assert.Equal(" User 65534 may not use the appliance's helper. [helper-not-allowed]", (await helper.ReadLogAsync())!.Split(':')[1]);
    }

    [Theory]
    [InlineData("""{"verb":"data-disks"}""")]
    [InlineData("""{"verb":"data-disk-prepare","path":"/dev/sda","serial":"1","size":1}""")]
    [InlineData("""{"verb":"daemon-start"}""")]
    public async Task The_daemon_s_user_sets_up_nothing(string line)
    {
        await using var helper = await HelperProgram.StartAsync(Path, Nobody);

        var answer = HelperProtocol.ParseAnswer(Encoding.UTF8.GetBytes((await CallAsAsync(Nobody, line)).Output));

        Assert.Equal((false, "helper-verb-refused"), (answer.Ok, answer.Code));
    }

    [Fact]
    public async Task The_clock_would_be_set_and_is_not()
    {
        await using var helper = await HelperProgram.StartAsync(Path, Nobody);
        var past = new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);

        await new HelperClient(Path, TimeProvider.System).CallAsync(new ClockRequest(past), Cancel);

        Assert.EndsWith(": clock 2021-01-01 00:00:00Z", await helper.ReadLogAsync(), StringComparison.Ordinal);
        Assert.EndsWith(": would run `date --utc --set=@1609459200`", await helper.ReadLogAsync(), StringComparison.Ordinal);
        Assert.True(TimeProvider.System.GetUtcNow() > past.AddYears(1));
    }

    [Fact]
    public async Task An_oversize_line_is_refused()
    {
        await using var helper = await HelperProgram.StartAsync(Path, Nobody);

        var result = await CallAsAsync(Nobody, "{\"verb\":\"" + new string('x', HelperProtocol.MaxLine));

        Assert.Contains("helper-request", result.Output, StringComparison.Ordinal);
        Assert.Contains("longer than 65536 bytes", await helper.ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_caller_is_dropped_while_another_is_served()
    {
        await using var helper = await HelperProgram.StartAsync(Path, Nobody);
        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await connection.ConnectAsync(new UnixDomainSocketEndPoint(Path), Cancel);
        await using var slow = new NetworkStream(connection, ownsSocket: false);
        await slow.WriteAsync(Encoding.UTF8.GetBytes("{\"verb\":"), Cancel);

        await CallAsRootAsync();

        var answer = HelperProtocol.ParseAnswer(await HelperProtocol.ReadLineAsync(slow, Cancel));
        Assert.Equal("helper-too-slow", answer.Code);
        Assert.Equal(0, await slow.ReadAsync(new byte[1], Cancel));
    }

    [Fact]
    public async Task It_ends_when_asked_to_and_takes_its_socket_with_it()
    {
        await using var helper = await HelperProgram.StartAsync(Path, Nobody);

        Assert.Equal(0, await helper.TerminateAsync());

        Assert.Equal("stopped", await helper.ReadLogAsync());
        Assert.False(File.Exists(Path));
        var error = await Assert.ThrowsAsync<UserErrorException>(CallAsRootAsync);
        Assert.Equal("helper-missing", error.Code);
    }

    [Fact]
    public async Task One_that_was_killed_is_followed_by_another()
    {
        await using (await HelperProgram.StartAsync(Path, Nobody))
        {
            // Dispose kills it.
        }

        Assert.True(File.Exists(Path));
        await using var helper = await HelperProgram.StartAsync(Path, Nobody);
        await CallAsRootAsync();
    }

    [Fact]
    public async Task What_it_cannot_do_it_says_in_two_lines()
    {
        var usage = await HelperProgram.RunAsync("--socket", Path);
        var place = await HelperProgram.RunAsync("--socket", System.IO.Path.Combine(_folder.FullName, "no/folder"), "--allow-uid", "0", "--dry-run");

        Assert.Equal((2, 1), (usage.ExitCode, place.ExitCode));
        Assert.Contains("--allow-uid is missing.   [usage-arguments]", usage.ErrorOutput, StringComparison.Ordinal);
        Assert.Contains("[socket-not-made]", place.ErrorOutput, StringComparison.Ordinal);
    }

    private Task CallAsRootAsync() => new HelperClient(Path, TimeProvider.System).CallAsync(new PowerRequest(PowerAction.Restart), Cancel);

    private Task<CommandResult> CallAsAsync(uint user, string line = Restart)
    {
        var number = user.ToString(CultureInfo.InvariantCulture);
        return new Command(
            "setpriv", "--reuid", number, "--regid", number, "--clear-groups", "perl", "-MIO::Socket::UNIX", "-e", Caller, Path, line)
            .Accepting(_ => true).RunAsync(Cancel);
    }
}
