using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Helper;
using OsDeploy.MachineTests.Daemons;
using OsDeploy.MachineTests.Rooms;
using OsDeploy.MachineTests.Terminal;

namespace OsDeploy.MachineTests.Ssh;

/// <summary>Operators come by SSH: they get the console or a verb, and nothing else.</summary>
public sealed class SshTests(SshLab lab) : IClassFixture<SshLab>
{
    private const string Secret = "canary-of-an-environment";

    private static readonly IReadOnlyDictionary<string, string> s_hostile = new Dictionary<string, string>
    {
        ["TERM"] = "xterm-256color",
        ["TERMINFO"] = Secret,
        ["LESSOPEN"] = Secret,
        ["LD_PRELOAD_X"] = Secret,
        ["DOTNET_STARTUP_HOOKS_X"] = Secret,
        ["LC_ALL"] = "C.UTF-8",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_gives_the_console_of_its_operator_logged_in_and_nothing_else_runs()
    {
        using var ssh = lab.Open(SshLab.Viewer, s_hostile, "-A");
        ssh.UntilShows(" in all");
        Assert.Contains(SshLab.Viewer, ssh.Screen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ConsoleKeys.Login, ssh.Screen.Text, StringComparison.Ordinal);

        var theirs = (await lab.ProcessesAsync()).Where(process => MirroredOperators.IsUid(process.User)).ToList();
        Assert.Equal("-osdeploy-login", Assert.Single(theirs, process => !process.Line.StartsWith("sshd: ", StringComparison.Ordinal)).Line);
        Assert.Equal(0, ConsoleKeys.Leave(ssh));
        Assert.Equal(("operator:" + SshLab.Viewer, "logout"), await LastOfAsync(SshLab.Viewer));
    }

    [Fact]
    public async Task Of_the_environment_of_whoever_comes_nothing_arrives_but_the_kind_of_terminal()
    {
        using var ssh = lab.Open(SshLab.Viewer, s_hostile);
        ssh.UntilShows(" in all");

        var login = (await lab.ProcessesAsync()).Single(process => process.Line == "-osdeploy-login");
        var names = (await File.ReadAllTextAsync($"/proc/{login.Id}/environ", Cancel)).Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=')[0]);

        // What sshd sets by itself (session.c, do_setup_env), and SetEnv.
        string[] known = ["USER", "LOGNAME", "HOME", "PATH", "MAIL", "SHELL", "TERM", "LANG", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY"];
        Assert.Empty(names.Except(known));
        _ = ConsoleKeys.Leave(ssh);
    }

    [Fact]
    public async Task The_console_ends_with_its_line_and_Ctrl_C_and_Ctrl_Z_lead_nowhere()
    {
        using var ssh = lab.Open(SshLab.Viewer, s_hostile);
        ssh.UntilShows(" in all");
        ssh.Type("\u0003\u001a\u001c");
        ssh.UntilShows(" in all");
        Assert.Single(await lab.ProcessesAsync(), process => process.Line == "-osdeploy-login");

        _ = ssh.Cut();

        await RoomLab.UntilAsync(async () => (await lab.ProcessesAsync()).All(process => !MirroredOperators.IsUid(process.User)));
    }

    [Fact]
    public async Task A_verb_runs_as_its_operator_and_its_session_is_over_with_it()
    {
        var status = await lab.CommandAsync(SshLab.Anna, "osdeploy status --json");
        Assert.True(status.ExitCode == 0, status.ErrorOutput);
        using var json = JsonDocument.Parse(status.Output);
        Assert.Equal(SshLab.Anna, (await lab.CommandAsync(SshLab.Anna, "osdeploy user list")).Output.Split('\n')[1].Split(' ')[0]);

        var refused = await lab.CommandAsync(SshLab.Viewer, "osdeploy room add 'room 1'");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("[not-allowed]", refused.ErrorOutput, StringComparison.Ordinal);
        Assert.Equal(("operator:" + SshLab.Viewer, "logout"), await LastOfAsync(SshLab.Viewer));
        var login = (await lab.Api.CallAsync(AccountApi.Audit, Cancel)).Lines.First(line => line.Action == "login" && line.Subject == SshLab.Viewer);
        Assert.Equal("over SSH from 127.0.0.1", login.Detail);
    }

    [Fact]
    public async Task What_comes_through_the_pipe_is_read()
    {
        var import = await lab.RunAsync("mac;name\n02:00:00:00:00:63;pc99\n", ["ssh", .. lab.Who(SshLab.Anna), "-T", $"{SshLab.Anna}@127.0.0.1", "osdeploy host import - --apply"]);

        Assert.True(import.ExitCode == 0, import.ErrorOutput);
        Assert.Contains("pc99", (await lab.CommandAsync(SshLab.Anna, "osdeploy host list")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sh", "usage-ssh-program")]
    [InlineData("/bin/sh -i", "usage-ssh-program")]
    [InlineData("internal-sftp", "usage-ssh-program")]
    [InlineData("/usr/lib/openssh/sftp-server", "usage-ssh-program")]
    [InlineData("osdeploy status; sh", "usage-ssh-command")]
    [InlineData("osdeploy status\nsh", "usage-ssh-command")]
    [InlineData("osdeploy $(id)", "usage-ssh-command")]
    [InlineData("osdeploy disk list", "usage-ssh-verb")]
    [InlineData("osdeploy-login --password", "usage-ssh-program")]
    [InlineData("osdeploy host import /etc/passwd", "usage-ssh-option")]
    public async Task Another_command_is_refused(string line, string code)
    {
        var result = await lab.CommandAsync(SshLab.Anna, line);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains($"[{code}]", result.ErrorOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_there_is_no_console_and_what_comes_in_is_not_read_as_commands()
    {
        var result = await lab.RunAsync("sh\nosdeploy status\n", ["ssh", .. lab.Who(SshLab.Anna), "-T", $"{SshLab.Anna}@127.0.0.1"]);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("[no-terminal]", result.ErrorOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_files_come_or_go()
    {
        var file = Path.Combine(lab.Folder, "known");
        var who = lab.Who(SshLab.Anna);
        foreach (var words in new[] { ["scp", "-O", .. who, file, $"{SshLab.Anna}@127.0.0.1:/tmp/x"], ["scp", .. who, file, $"{SshLab.Anna}@127.0.0.1:/tmp/x"], (string[])["sftp", .. who, $"{SshLab.Anna}@127.0.0.1"] })
        {
            var result = await lab.RunAsync("pwd\n", words);
            Assert.True(result.ExitCode is not 0 && result.Output.Length == 0, $"{words[0]} {words[1]}: {result.ExitCode} {result.Output} {result.ErrorOutput}");
        }
    }

    [Fact]
    public async Task Nothing_is_forwarded_in_either_direction()
    {
        // One channel to a port is what -W opens, and -L and -D for each connection that they take.
        var there = await lab.SshAsync(SshLab.Anna, "-W", "127.0.0.1:7443", $"{SshLab.Anna}@127.0.0.1");
        Assert.NotEqual(0, there.ExitCode);
        Assert.Contains("administratively prohibited", there.ErrorOutput, StringComparison.Ordinal);

        foreach (var back in new[] { "9001:127.0.0.1:7443", "/tmp/osdeploy-no-such-socket:127.0.0.1:7443" })
        {
            var result = await lab.CommandAsync(SshLab.Anna, "osdeploy status", "-o", "ExitOnForwardFailure=yes", "-R", back);
            Assert.Equal(255, result.ExitCode);
            Assert.Contains("forwarding failed", result.ErrorOutput, StringComparison.Ordinal);
        }

        // X11 and a tunnel: asked for, and not given.
        Assert.Contains("X11 forwarding request failed", (await lab.RunAsync("", ["env", "DISPLAY=:99", "ssh", .. lab.Who(SshLab.Anna), "-Y", "-T", $"{SshLab.Anna}@127.0.0.1", "osdeploy status"])).ErrorOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_a_strange_key_nor_a_user_of_the_system_gets_in()
    {
        string[] stranger = ["-F", "none", "-i", lab.Key("stranger"), "-o", "IdentitiesOnly=yes", "-o", "UserKnownHostsFile=" + Path.Combine(lab.Folder, "known"), "-o", "BatchMode=yes"];
        foreach (var name in new[] { SshLab.Anna, "root", "osdeploy", "daemon", "nobody-here" })
        {
            Assert.Equal(255, (await lab.RunAsync("", ["ssh", .. stranger, "-T", $"{name}@127.0.0.1", "osdeploy status"])).ExitCode);
        }

        Assert.Equal(255, (await lab.SshAsync(SshLab.Anna, "-T", "root@127.0.0.1", "osdeploy status")).ExitCode);
        Assert.Equal(255, (await lab.SshAsync(SshLab.Anna, "-T", $"{SshLab.Viewer}@127.0.0.1", "osdeploy status")).ExitCode);
    }

    [Fact]
    public async Task A_password_is_that_of_the_account_and_a_wrong_one_is_counted_where_it_came_from()
    {
        var right = await lab.ByPasswordAsync(SshLab.Viewer, DaemonProgram.Password, "osdeploy status --json");
        Assert.True(right.ExitCode == 0, right.ErrorOutput + lab.Log("sshd"));

        var wrong = await lab.ByPasswordAsync(SshLab.Viewer, "wrong", "osdeploy status");

        Assert.Equal((255, ""), (wrong.ExitCode, wrong.Output));
        var line = (await lab.Api.CallAsync(AccountApi.Audit, Cancel)).Lines.First(line => line.Action == "login-failed");
        Assert.Equal((SshLab.Viewer, "from 127.0.0.1"), (line.Subject, line.Detail));
        Assert.Equal(255, (await lab.ByPasswordAsync("root", DaemonProgram.Password, "osdeploy status")).ExitCode);
    }

    [Fact]
    public async Task An_account_that_is_disabled_or_gone_gets_in_by_nothing()
    {
        const string name = "tom";
        await lab.Api.CallAsync(AccountApi.Add, new NewOperator(name, Role.Viewer, DaemonProgram.Password), Cancel);
        await lab.Api.CallAsync(AccountApi.AddKey, new NewOperatorKey("laptop", await File.ReadAllTextAsync(lab.Key("stranger") + ".pub", Cancel)), Cancel, name);
        await lab.UntilMirroredAsync(name + ":");
        Assert.Equal(0, (await AsTomAsync()).ExitCode);

        await lab.Api.CallAsync(AccountApi.Change, new OperatorChange(IsDisabled: true), Cancel, name);
        Assert.NotEqual(0, (await AsTomAsync()).ExitCode);
        Assert.Equal(255, (await lab.ByPasswordAsync(name, DaemonProgram.Password, "osdeploy status")).ExitCode);
        await lab.UntilNotMirroredAsync(name + ":");
        Assert.Equal(255, (await AsTomAsync()).ExitCode);

        await lab.Api.CallAsync(AccountApi.Delete, Cancel, name);
        Assert.Equal(255, (await AsTomAsync()).ExitCode);

        Task<CommandResult> AsTomAsync() => lab.RunAsync(
            "", "ssh", "-F", "none", "-i", lab.Key("stranger"), "-o", "IdentitiesOnly=yes", "-o", "UserKnownHostsFile=" + Path.Combine(lab.Folder, "known"), "-o", "BatchMode=yes", "-T", $"{name}@127.0.0.1", "osdeploy status");
    }

    // The newest line of the audit log about somebody.
    private async Task<(string Actor, string Action)> LastOfAsync(string name)
    {
        var line = (await lab.Api.CallAsync(AccountApi.Audit, Cancel)).Lines.First(line => line.Actor == "operator:" + name);
        return (line.Actor, line.Action);
    }
}
