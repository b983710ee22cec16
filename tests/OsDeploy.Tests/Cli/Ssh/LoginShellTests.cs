using OsDeploy.Api.Helper;
using OsDeploy.Cli;
using OsDeploy.Cli.Ssh;
using Xunit;

namespace OsDeploy.Tests.Cli.Ssh;

public sealed class LoginShellTests
{
    private static readonly IReadOnlyDictionary<string, string> s_none = new Dictionary<string, string>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("osdeploy", 0, false)]
    [InlineData("/usr/bin/osdeploy", 1000, false)]
    [InlineData("osdeploy-login", 0, true)]
    [InlineData("-osdeploy-login", 1000, true)]
    [InlineData("/usr/lib/osdeploy/osdeploy-login", 1000, true)]
    [InlineData("osdeploy", MirroredOperators.FirstUid, true)]
    [InlineData("/usr/bin/osdeploy", MirroredOperators.LastUid, true)]
    [InlineData("", MirroredOperators.FirstUid, true)]
    [InlineData("osdeploy", MirroredOperators.LastUid + 1, false)]
    public void It_is_known_by_its_name_and_an_operator_gets_nothing_else(string name, uint user, bool isIt) => Assert.Equal(isIt, LoginShell.IsCalled(name, user));

    [Theory]
    [InlineData("usage-ssh-program", "-c", "sh")]
    [InlineData("usage-ssh-program", "-c", "/bin/sh -i")]
    [InlineData("usage-ssh-program", "-c", "scp -t /tmp")]
    [InlineData("usage-ssh-program", "-c", "/usr/lib/openssh/sftp-server")]
    [InlineData("usage-ssh-program", "-c", "osdeploy-login")]
    [InlineData("usage-ssh-program", "-c", "./osdeploy status")]
    [InlineData("usage-ssh-program", "-c", "'osdeploy status'")]
    [InlineData("usage-ssh-program", "-c", "")]
    [InlineData("usage-ssh-command", "-c", "osdeploy status; sh")]
    [InlineData("usage-ssh-verb", "-c", "osdeploy disk list")]
    [InlineData("usage-not-understood", "-c", "osdeploy @/etc/passwd status")]
    [InlineData("usage-ssh-option", "-c", "osdeploy status --server https://elsewhere")]
    [InlineData("usage-not-understood", "-c", "osdeploy host show @/etc/passwd @/etc/group")]
    [InlineData("usage-not-understood", "-c", "osdeploy statsu")]
    [InlineData("usage-ssh-login", "-i")]
    [InlineData("usage-ssh-login", "-c")]
    [InlineData("usage-ssh-login", "-c", "osdeploy status", "more")]
    [InlineData("usage-ssh-login", "status")]
    [InlineData("usage-ssh-login", "-lc", "osdeploy status")]
    public async Task What_is_no_command_of_the_list_ends_before_anybody_is_asked(string code, params string[] arguments)
    {
        var terminal = TestTerminal.Piped();

        var result = await ShellOf(terminal).RunAsync(arguments, Cancel);

        Assert.Equal(ExitCode.Usage, result);
        Assert.Contains($"[{code}]", terminal.Talk, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", terminal.Talk, StringComparison.Ordinal);
        Assert.Empty(terminal.Output);
    }

    [Fact]
    public async Task Without_a_daemon_it_says_so_and_ends()
    {
        var terminal = TestTerminal.Piped();

        Assert.Equal(ExitCode.Failed, await ShellOf(terminal).RunAsync(["-c", "osdeploy status"], Cancel));
        Assert.Contains("[server-unreachable]", terminal.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_the_environment_a_checked_terminal_and_language_are_kept()
    {
        var all = new Dictionary<string, string>
        {
            ["TERM"] = "xterm-256color",
            ["LANG"] = "de_DE.UTF-8",
            ["PATH"] = "/tmp",
            ["HOME"] = "/tmp",
            ["TERMINFO"] = "/tmp/evil",
            ["LESSOPEN"] = "|sh",
            ["LD_PRELOAD"] = "/tmp/evil.so",
            ["EDITOR"] = "sh",
            ["OSDEPLOY_SERVER"] = "https://elsewhere",
            ["XDG_STATE_HOME"] = "/tmp",
            ["LC_ALL"] = "C",
        };

        Assert.Equal(new Dictionary<string, string> { ["TERM"] = "xterm-256color", ["LANG"] = "de_DE.UTF-8" }, CleanEnvironment.Of(all));
    }

    [Theory]
    [InlineData("../../tmp/evil")]
    [InlineData("/tmp/evil")]
    [InlineData("xterm\n")]
    [InlineData("xterm\u001b[2J")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("x123456789012345678901234567890123")]
    public void What_does_not_look_like_a_terminal_is_dropped(string term) => Assert.Empty(CleanEnvironment.Of(new Dictionary<string, string> { ["TERM"] = term, ["LANG"] = term }));

    private static LoginShell ShellOf(TestTerminal terminal) => new(terminal.Terminal, TimeProvider.System, "unix:/nonexistent/osdeployd.sock", s_none);
}
