using System.Drawing;
using System.Globalization;
using System.Runtime.InteropServices;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Tests.Drivers;

namespace OsDeploy.MachineTests.Terminal;

/// <summary>
/// The real program on a terminal, with somebody who types and looks. Nothing is read while nobody looks: who waits for something gives
/// it as a condition, and gets the screen in the message if it does not come.
/// </summary>
internal sealed class TerminalProgram : IDisposable
{
    public const int Interrupt = 2; // SIGINT
    public const int Quit = 3; // SIGQUIT
    public const int HangUp = 1; // SIGHUP
    public const int Kill = 9; // SIGKILL
    public const int Terminate = 15; // SIGTERM
    public const int Continue = 18; // SIGCONT
    public const int Suspend = 20; // SIGTSTP
    public const int WindowChanged = 28; // SIGWINCH

    private const int LocalModes = 3; // c_lflag
    private const uint Echo = 8; // ECHO

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    private readonly SessionLeader _leader;

    /// <param name="environment">On top of PATH, HOME, TERM and a UTF-8 locale, or in their place.</param>
    /// <param name="folder">Where it is started.</param>
    public TerminalProgram(string program, string folder, Size size, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        Terminal = new PseudoTerminal(size.Width, size.Height);
        Screen = new TerminalRecorder(size.Width, size.Height);
        Terminal.Attributes = WithoutEcho(Terminal.Attributes);
        Before = Terminal.Attributes;
        StartedAt = TimeProvider.System.GetTimestamp();
        _leader = SessionLeader.Start(program, arguments, Environment(environment), Terminal.Device, folder);
    }

    public PseudoTerminal Terminal { get; }

    public TerminalRecorder Screen { get; }

    /// <summary>What the terminal was set to before the program came.</summary>
    public Termios Before { get; }

    public long StartedAt { get; }

    public int Pid => _leader.Pid;

    /// <summary>Null: it lives.</summary>
    public int? ExitCode => _leader.ExitCode;

    /// <summary>All of its session but itself.</summary>
    public IReadOnlyList<string> Others => [.. _leader.Processes().Where(status => !status.StartsWith(Pid.ToString(CultureInfo.InvariantCulture) + " ", StringComparison.Ordinal))];

    public void Type(string keys) => Terminal.Type(keys);

    public void Signal(int signal) => _leader.Signal(signal);

    public void Resize(int columns, int rows)
    {
        Screen.Resize(columns, rows);
        Terminal.Resize(columns, rows);
    }

    /// <summary>Reads what has come.</summary>
    /// <param name="patience">How long to wait for the first of it.</param>
    /// <returns>False: nothing came.</returns>
    public bool Look(TimeSpan patience)
    {
        var bytes = Terminal.Sent(patience);
        Screen.Feed(bytes);
        return bytes.Length > 0;
    }

    /// <summary>Reads for that long.</summary>
    public void Watch(TimeSpan time)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var left = time; left > TimeSpan.Zero && ExitCode is null; left = time - TimeProvider.System.GetElapsedTime(began))
        {
            _ = Look(left);
        }
    }

    public void UntilShows(string text) => Until(() => Screen.Text.Contains(text, StringComparison.Ordinal), text);

    public void UntilHides(string text) => Until(() => !Screen.Text.Contains(text, StringComparison.Ordinal), "no " + text);

    public void Until(Func<bool> isSo, string what)
    {
        if (!TryUntil(isSo, s_patience))
        {
            throw new TimeoutException($"Waited for: {what}. Exit code: {ExitCode}. The screen:\n{Screen.Text}");
        }
    }

    public bool TryUntil(Func<bool> isSo, TimeSpan patience)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            if (TimeProvider.System.GetElapsedTime(began) >= patience || (ExitCode is not null && !Look(TimeSpan.Zero)))
            {
                return isSo();
            }

            _ = Look(s_look);
        }

        return true;
    }

    /// <summary>Until nothing has come for a while: what was asked for is done.</summary>
    /// <returns>False: it never rests.</returns>
    public bool Rest(TimeSpan quiet)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (Look(quiet))
        {
            if (TimeProvider.System.GetElapsedTime(began) >= s_patience)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Waits for its end, and reads what it has to say until then.</summary>
    public int End()
    {
        Until(() => ExitCode is not null, "the end of the program");
        _ = Look(TimeSpan.Zero);
        return ExitCode!.Value;
    }

    /// <summary>The other end of the terminal goes away: a line that is cut.</summary>
    /// <returns>The exit code.</returns>
    public int Cut()
    {
        Terminal.Cut();
        return _leader.WaitForEnd(s_patience) ? ExitCode!.Value : throw new TimeoutException("The program does not end.");
    }

    /// <summary>Kills it if it is still there.</summary>
    public void Dispose()
    {
        _leader.Signal(Kill);
        _ = _leader.WaitForEnd(s_patience);
        Terminal.Dispose();
    }

    // What was typed too early or too late would come back from the kernel: all that comes is the program's.
    private static Termios WithoutEcho(Termios attributes)
    {
        var words = MemoryMarshal.Cast<Termios, uint>(new Span<Termios>(ref attributes));
        words[LocalModes] &= ~Echo;
        return attributes;
    }

    private static IEnumerable<string> Environment(IReadOnlyDictionary<string, string> more)
    {
        var all = new Dictionary<string, string> { ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin", ["HOME"] = "/nonexistent", ["LANG"] = "C.UTF-8", ["TERM"] = "xterm-256color" };

        // A program that was built and not published finds its runtime there.
        if (System.Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } runtime)
        {
            all["DOTNET_ROOT"] = runtime;
        }

        foreach (var (name, value) in more)
        {
            all[name] = value;
        }

        return all.Select(variable => $"{variable.Key}={variable.Value}");
    }
}
