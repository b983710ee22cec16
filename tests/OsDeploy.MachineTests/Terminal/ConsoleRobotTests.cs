using OsDeploy.MachineTests.Daemons;

namespace OsDeploy.MachineTests.Terminal;

/// <summary>
/// Somebody wants out of the console. They get nothing but its screens: no program, no file, no sequence that is not ours; it may end, and
/// then the terminal is as it was.
/// </summary>
public sealed class ConsoleRobotTests(ConsoleLab lab) : IClassFixture<ConsoleLab>
{
    private const int Seed = 20261121;
    private const int LookEvery = 50;

    private static readonly TimeSpan s_answersWithin = TimeSpan.FromSeconds(2);

    private readonly int _keys = Full.Times(quick: 2000, full: 10_000);

    [Theory]
    [InlineData(ConsoleLab.Viewer, "xterm-256color")]
    [InlineData(DaemonProgram.Anna, "linux")]
    public void Whatever_is_typed_nothing_but_the_console_answers(string name, string term)
    {
        var random = new Random(Seed);
        var hostile = new HostilePrograms(Directory.CreateDirectory(Path.Combine(lab.Folder, name)).FullName);
        var console = Open(name, term, hostile);
        try
        {
            var robot = new Robot(random);
            for (var count = 0; count < _keys; count++)
            {
                robot.Act(console);
                if (console.ExitCode is not null)
                {
                    AssertEnded(console);
                    console.Dispose();
                    console = Open(name, term, hostile);
                }
                else if (count % LookEvery == 0)
                {
                    Assert.Empty(console.Others);
                }
            }

            AssertAnswers(console);
            Assert.Empty(console.Screen.Foreign);
            Assert.Empty(console.Others);
            Assert.Empty(hostile.Traces);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {Seed}: {e.Message}\n{console.Screen.Text}", e);
        }
        finally
        {
            console.Dispose();
        }
    }

    // An administrator among robots may have locked itself out; then the login is what it plays with.
    private TerminalProgram Open(string name, string term, HostilePrograms hostile)
    {
        var console = lab.Open(term, more: hostile.Environment);
        ConsoleKeys.AnswerLogin(console, name, DaemonProgram.Password);
        _ = console.Rest(TimeSpan.FromMilliseconds(300));
        return console;
    }

    private static void AssertEnded(TerminalProgram console)
    {
        // Once it gives the terminal back, a key on its way is the kernel's again: Ctrl-C and Ctrl-\ end what is left of it.
        Assert.True(console.End() is 0 or 130 or 131, $"exit code {console.ExitCode}");
        Assert.Equal(console.Before, console.Terminal.Attributes);
        Assert.Equal(["?25", "?7"], console.Screen.Modes.Order());
        Assert.Empty(console.Screen.Foreign);
        Assert.Empty(console.Others);
    }

    private static void AssertAnswers(TerminalProgram console)
    {
        Assert.True(console.Rest(TimeSpan.FromMilliseconds(300)), "it never rests");
        var clears = console.Screen.Clears;
        console.Resize(100, 30);
        Assert.True(console.TryUntil(() => console.Screen.Clears > clears, s_answersWithin), "no answer to another size");
        Assert.True(console.Rest(TimeSpan.FromMilliseconds(300)), "it never rests");
        var before = console.Screen.Bytes;
        console.Type("\e[Z" + ConsoleKeys.F1 + ConsoleKeys.Redraw);
        Assert.True(console.TryUntil(() => console.Screen.Bytes > before, s_answersWithin), "no answer to keys");
    }
}
