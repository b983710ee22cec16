using OsDeploy.MachineTests.Daemons;

namespace OsDeploy.MachineTests.Terminal;

/// <summary>The console's program on the terminals people have: what it sends, what it survives, and what it leaves behind.</summary>
public sealed class ConsoleTerminalTests(ConsoleLab lab) : IClassFixture<ConsoleLab>
{
    private const int Seed = 20261121;
    private const int MostBytesPerSecond = 1000;
    private const string TooSmall = "too small";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("linux")]
    [InlineData("vt220")]
    [InlineData("xterm-256color")]
    [InlineData("screen-256color")]
    public void It_comes_up_and_gives_the_terminal_back(string term)
    {
        using var console = lab.Open(term);
        ConsoleKeys.LogIn(console, DaemonProgram.Anna, DaemonProgram.Password);
        ConsoleKeys.OpenHosts(console);
        console.UntilShows("lab-001");
        Assert.Empty(console.Others);
        Assert.NotEqual(console.Before, console.Terminal.Attributes);
        Assert.Equal(0, ConsoleKeys.Leave(console));
        AssertGivenBack(console);
    }

    [Theory]
    [InlineData(TerminalProgram.Terminate)]
    [InlineData(TerminalProgram.HangUp)]
    [InlineData(TerminalProgram.Interrupt)]
    [InlineData(TerminalProgram.Quit)]
    public void A_signal_ends_it_and_the_terminal_is_as_it_was(int signal)
    {
        using var console = lab.OpenLoggedIn("xterm-256color");
        console.Signal(signal);
        Assert.True(console.End() is 0 or 130, $"exit code {console.ExitCode}");
        AssertGivenBack(console);
    }

    [Fact]
    public void It_ends_when_the_line_is_cut()
    {
        using var console = lab.OpenLoggedIn("vt220");
        Assert.True(console.Cut() is 0 or 130, $"exit code {console.ExitCode}");
    }

    [Fact]
    public void At_rest_it_sends_next_to_nothing()
    {
        using var console = lab.OpenLoggedIn("xterm-256color", 100, 30);
        ConsoleKeys.OpenHosts(console);
        console.UntilShows("lab-001");
        Assert.True(console.Rest(TimeSpan.FromMilliseconds(500)));
        Assert.InRange(BytesPerSecond(console, TimeSpan.FromSeconds(4)), 0, MostBytesPerSecond / 4);
    }

    [Fact]
    public async Task Twenty_hosts_at_work_stay_within_a_serial_line()
    {
        using var room = await TalkingRoom.OpenAsync(1, 20, lab.Api, lab.Connect, Cancel);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var work = room.WorkAsync(TimeSpan.FromMilliseconds(500), over.Token);
        using (var console = lab.OpenLoggedIn("xterm-256color", 100, 30))
        {
            ConsoleKeys.OpenHosts(console);
            console.Type("/pc-\r");
            console.UntilShows("iB/s");
            Assert.InRange(BytesPerSecond(console, TimeSpan.FromSeconds(6)), 1, MostBytesPerSecond);
            Assert.Empty(console.Screen.Foreign);
        }

        await over.CancelAsync();
        await work;
    }

    [Fact]
    public void After_a_storm_of_resizes_the_screen_is_right()
    {
        var random = new Random(Seed);
        using var console = lab.OpenLoggedIn("xterm-256color");
        ConsoleKeys.OpenHosts(console);
        for (var count = 0; count < 200; count++)
        {
            console.Resize(random.Next(40, 200), random.Next(10, 60));
            _ = console.Look(TimeSpan.FromMilliseconds(random.Next(3)));
        }

        console.Resize(100, 30);
        console.UntilShows("lab-001");
        Assert.True(console.Rest(TimeSpan.FromMilliseconds(500)));
        var shown = Body(console);
        var clears = console.Screen.Clears;
        console.Type(ConsoleKeys.Redraw);
        console.Until(() => console.Screen.Clears > clears, "the screen painted anew");
        Assert.True(console.Rest(TimeSpan.FromMilliseconds(300)));
        Assert.Equal(Body(console), shown);
        Assert.Empty(console.Screen.Foreign);
    }

    [Fact]
    public void On_a_terminal_that_is_too_small_it_says_so_and_comes_back()
    {
        using var console = lab.OpenLoggedIn("linux");
        ConsoleKeys.OpenHosts(console);
        console.Resize(79, 24);
        console.UntilShows(TooSmall);
        console.Resize(80, 23);
        console.UntilShows(TooSmall);
        console.Resize(80, 24);
        console.UntilShows("lab-001");
        Assert.DoesNotContain(TooSmall, console.Screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_consoles_at_once_see_the_same_change()
    {
        string[] terms = ["linux", "vt220", "screen-256color"];
        List<TerminalProgram> consoles = [.. terms.Select(term => lab.OpenLoggedIn(term))];
        try
        {
            consoles.ForEach(ConsoleKeys.OpenHosts);
            consoles.ForEach(console => console.Type("/lab-5\r"));
            consoles.ForEach(console => console.UntilHides("lab-001"));
            await lab.AddHostsAsync(500, 1);
            consoles.ForEach(console => console.UntilShows("lab-500"));
            Assert.All(consoles, console => Assert.Empty(console.Screen.Foreign));
        }
        finally
        {
            consoles.ForEach(console => console.Dispose());
        }
    }

    private static void AssertGivenBack(TerminalProgram console)
    {
        Assert.Empty(console.Screen.Foreign);
        Assert.Empty(console.Others);
        Assert.Equal(console.Before, console.Terminal.Attributes);
        Assert.Equal(["?25", "?7"], console.Screen.Modes.Order());
    }

    // The header has a clock in it.
    private static string Body(TerminalProgram console) => console.Screen.Text[console.Screen.Text.IndexOf('\n', StringComparison.Ordinal)..];

    private static double BytesPerSecond(TerminalProgram console, TimeSpan time)
    {
        var before = console.Screen.Bytes;
        console.Watch(time);
        return (console.Screen.Bytes - before) / time.TotalSeconds;
    }
}
