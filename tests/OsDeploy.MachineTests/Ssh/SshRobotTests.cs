using OsDeploy.Api.Helper;
using OsDeploy.MachineTests.Rooms;
using OsDeploy.MachineTests.Terminal;

namespace OsDeploy.MachineTests.Ssh;

/// <summary>Somebody who came over SSH wants out of the console: whatever is typed, nothing of theirs runs but the console.</summary>
public sealed class SshRobotTests(SshLab lab) : IClassFixture<SshLab>
{
    private const int Seed = 20261122;
    private const int LookEvery = 100;

    private static readonly IReadOnlyDictionary<string, string> s_environment = new Dictionary<string, string> { ["TERM"] = "xterm-256color" };

    private readonly int _keys = Full.Times(quick: 600, full: 10_000);

    // Not as the administrator: the helper of this appliance is the real one, and could set this computer's clock.
    [Fact]
    public async Task Whatever_is_typed_nothing_but_the_console_runs()
    {
        var robot = new Robot(new Random(Seed));
        var ssh = Open();
        try
        {
            for (var count = 0; count < _keys; count++)
            {
                robot.Act(ssh);
                if (ssh.ExitCode is not null)
                {
                    ssh.Dispose();
                    ssh = Open();
                }
                else if (count % LookEvery == 0)
                {
                    await AssertAloneAsync();
                }
            }

            await AssertAloneAsync();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {Seed}: {e.Message}\n{ssh.Screen.Text}", e);
        }
        finally
        {
            _ = ssh.Cut();
            ssh.Dispose();
        }

        await RoomLab.UntilAsync(async () => (await lab.ProcessesAsync()).All(process => !MirroredOperators.IsUid(process.User)));
    }

    // Without the escapes of ssh itself: a line that begins with ~ is sent as well.
    private TerminalProgram Open()
    {
        var ssh = lab.Open(SshLab.Viewer, s_environment, "-e", "none");
        ssh.UntilShows(" in all");
        return ssh;
    }

    // Those that belong to operators: sshd's own, which carries the session, and the console.
    private async Task AssertAloneAsync()
    {
        var theirs = (await lab.ProcessesAsync()).Where(process => MirroredOperators.IsUid(process.User)).Select(process => process.Line);
        Assert.All(theirs, line => Assert.True(line == "-osdeploy-login" || line.StartsWith("sshd: ", StringComparison.Ordinal), line));
    }
}
