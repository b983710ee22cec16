using System.Net;
using OsDeploy.Cli.Login;
using OsDeploy.Server.Hosting;
using Xunit;

namespace OsDeploy.Tests.Cli;

/// <summary>The verbs against a real daemon, over its socket and over TLS.</summary>
public sealed class RoomByHandTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Daemon? _daemon;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Logins Logins => new(_folder["logins.json"]);

    private string Socket => "unix:" + _folder["d.sock"];

    public async ValueTask InitializeAsync()
    {
        var options = new DaemonOptions(_folder["data"], [new IPEndPoint(IPAddress.Loopback, 0)], _folder["d.sock"], "school");
        _daemon = Daemon.Open(options, TimeProvider.System, _ => { });
        await _daemon.AddFirstOperatorAsync("admin", "correct horse battery", Cancel);
        await _daemon.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _daemon!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_room_is_described_and_its_capture_waits_for_the_master()
    {
        await RunAsync($"login {Socket}", answers: "admin\ncorrect horse battery\n");
        await RunAsync("config add win11 --partition 3:os=Win11,join=Domain,grow");
        await RunAsync("room add r101 --config win11");
        await RunAsync("host add --mac 52:54:00:00:00:01 --mac 52:54:00:00:00:02 --room r101");
        await RunAsync("host set r101-02 --partition 3:join=Workgroup");
        await RunAsync("config master win11 r101-01");

        Assert.Matches(@"3 .* Workgroup \(host\)", await RunAsync("host show r101-02"));
        Assert.StartsWith("Batch 1: capture on 1 host; 0 left out.", await RunAsync("job start capture r101-01"), StringComparison.Ordinal);
        Assert.Matches("1 +1  r101-01  capture  waiting", await RunAsync("job list --active"));
        await RunAsync("job start capture r101-01", 1);
        await RunAsync("job cancel --batch 1");
        Assert.Contains("batch 1: 1 skipped", await RunAsync("job watch 1", 1), StringComparison.Ordinal);
        Assert.Contains("The log is whole", await RunAsync("audit --check"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_was_exported_and_edited_is_imported_back()
    {
        await RunAsync($"login {Socket}", answers: "admin\ncorrect horse battery\n");
        await RunAsync("host add --mac 52:54:00:00:00:01 --name teacher");
        var csv = _folder["hosts.csv"];
        await RunAsync($"host export {csv}");
        await File.WriteAllTextAsync(csv, (await File.ReadAllTextAsync(csv, Cancel)).Replace("teacher", "teacher2", StringComparison.Ordinal), Cancel);

        Assert.Contains("0 to add, 1 to change", await RunAsync($"host import {csv}"), StringComparison.Ordinal);
        await RunAsync($"host import {csv} --apply");

        Assert.Matches("name +teacher2\n", await RunAsync("host show teacher2"));
        await RunAsync("host show teacher", 1);
        await RunAsync("host delete teacher2", answers: "teacher2\n");
        Assert.Equal("NAME  ROOM  CONFIGURATION  MAC  LAST SEEN  JOB  STATE\n", await RunAsync("host list"));
    }

    [Fact]
    public async Task The_words_of_a_first_meeting_are_those_of_the_daemon()
    {
        var address = Assert.Single(_daemon!.Addresses);
        var terminal = TestTerminal.Answering("yes\nadmin\ncorrect horse battery\n", Logins);

        Assert.Equal(0, await terminal.RunAsync($"login {address}"));

        Assert.Contains($"Its fingerprint is: {_daemon.Key.Words}", terminal.Talk, StringComparison.Ordinal);
        Assert.Contains(_daemon.Key.Words, await RunAsync("status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_logout_ends_the_session_at_the_appliance_too()
    {
        await RunAsync($"login {Socket}", answers: "admin\ncorrect horse battery\n");
        var login = Logins.Current!;
        await RunAsync("logout");

        Logins.Save(login);
        var terminal = TestTerminal.Piped(Logins);

        Assert.Equal(1, await terminal.RunAsync("host list"));
        Assert.Contains($"`osdeploy login {Socket}`", terminal.Talk, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string commandLine, int exitCode = 0, string? answers = null)
    {
        var terminal = answers is null ? TestTerminal.Piped(Logins) : TestTerminal.Answering(answers, Logins);
        var code = await terminal.RunAsync(commandLine);
        Assert.True(code == exitCode, $"{commandLine} ended with {code}\n{terminal.Talk}\n{terminal.Output}");
        return terminal.Output;
    }
}
