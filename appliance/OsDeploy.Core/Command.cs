using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace OsDeploy;

/// <param name="ExitCode">0 unless the caller allowed others.</param>
public sealed record CommandResult(int ExitCode, string Output, string ErrorOutput);

/// <summary>
/// Runs a program of the system: an argument array (never a shell), English messages, a deadline, and its whole family killed
/// on cancel or deadline.
/// </summary>
/// <param name="program">Name on the path (with the sbin folders added: Debian keeps them from ordinary users).</param>
public sealed class Command(string program, params IReadOnlyList<string> arguments)
{
    private const int MaxOutput = 64 << 20;
    private static readonly TimeSpan s_defaultDeadline = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan s_deathDeadline = TimeSpan.FromSeconds(10);

    private TimeSpan _deadline = s_defaultDeadline;
    private string _input = "";
    private bool _hasOwnSession;
    private IReadOnlyDictionary<string, string>? _environment;
    private Func<int, bool> _isSuccess = code => code == 0;

    public Command WithDeadline(TimeSpan deadline)
    {
        _deadline = deadline;
        return this;
    }

    /// <summary>Text for its standard input.</summary>
    public Command WithInput(string input)
    {
        _input = input;
        return this;
    }

    /// <summary>Which exit codes are answers rather than failures.</summary>
    public Command Accepting(Func<int, bool> isSuccess)
    {
        _isSuccess = isSuccess;
        return this;
    }

    /// <summary>
    /// Out of reach of Ctrl-C: a terminal sends it to every program of its session, and one that is changing a file system must not
    /// die half-way.
    /// </summary>
    public Command WithOwnSession()
    {
        _hasOwnSession = true;
        return this;
    }

    /// <summary>Nothing of this program's own environment but the search path: for what others wrote.</summary>
    public Command WithEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        _environment = environment;
        return this;
    }

    /// <summary>As it would be typed, for a log. Not for a shell: nothing is quoted.</summary>
    public override string ToString() => string.Join(' ', arguments.Prepend(program));

    public static string? Find(string program) => SearchPath()
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    /// <returns>The error that running one of them would end with; null if all are installed.</returns>
    public static UserErrorException? WhyMissing(params IReadOnlyList<string> programs) =>
        programs.FirstOrDefault(program => Find(program) is null) is { } missing ? Errors.ToolMissing(missing) : null;

    /// <exception cref="UserErrorException"><c>tool-missing</c>, <c>tool-failed</c>, <c>tool-hung</c></exception>
    /// <exception cref="OperationCanceledException">Cancelled; the program and its children are gone.</exception>
    public async Task<CommandResult> RunAsync(CancellationToken cancel)
    {
        using var process = Start();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(_deadline);
        try
        {
            var output = ReadAsync(process.StandardOutput, deadline.Token);
            var errorOutput = ReadAsync(process.StandardError, deadline.Token);
            await FeedAsync(process, deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            var result = new CommandResult(process.ExitCode, await output, await errorOutput);
            return _isSuccess(result.ExitCode) ? result : throw Errors.ToolFailed(program, arguments, result);
        }
        catch (OperationCanceledException)
        {
            await KillAsync(process);
            cancel.ThrowIfCancellationRequested();
            throw Errors.ToolHung(program, arguments, _deadline);
        }
    }

    /// <summary>
    /// Gives it the terminal of this program, for a person who works in it, and returns when it has ended, however that was. The one program
    /// that is not waited for with a deadline.
    /// </summary>
    /// <param name="notice">Said on the terminal before it begins.</param>
    /// <exception cref="UserErrorException"><c>tool-missing</c>, <c>tool-not-started</c></exception>
    public void RunOnTerminal(string notice)
    {
        var path = Find(program) ?? throw Errors.ToolMissing(program);
        var shown = Encoding.UTF8.GetBytes("\r\n" + notice + "\r\n");
        try
        {
            using var terminal = File.OpenWrite("/dev/tty");
            terminal.Write(shown);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a terminal of its own the program says by itself what it lacks.
        }

        using var process = Begin(new ProcessStartInfo(path, arguments));
        process.WaitForExit();
    }

    private Process Start()
    {
        var path = Find(program) ?? throw Errors.ToolMissing(program);
        var setsid = _hasOwnSession ? Find("setsid") ?? throw Errors.ToolMissing("setsid") : null;
        var start = new ProcessStartInfo(setsid ?? path, setsid is null ? arguments : ["--wait", path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (_environment is not null)
        {
            start.Environment.Clear();
            start.Environment["PATH"] = string.Join(':', SearchPath());
            foreach (var (name, value) in _environment)
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["LC_ALL"] = "C.UTF-8";
        return Begin(start);
    }

    private Process Begin(ProcessStartInfo start)
    {
        var process = new Process { StartInfo = start };
        try
        {
#pragma warning disable RS0030 // The one place that starts a program.
            process.Start();
#pragma warning restore RS0030
            return process;
        }
        catch (Win32Exception e)
        {
            process.Dispose();
            throw Errors.ToolNotStarted(program, e);
        }
    }

    // Its locks and devices are free only once it is gone; one that waits for a dead disk cannot be waited for.
    private static async Task KillAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        using var patience = new CancellationTokenSource(s_deathDeadline);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // The caller's own cancellation or deadline says what has happened.
        }
    }

    private async Task FeedAsync(Process process, CancellationToken cancel)
    {
        try
        {
            await process.StandardInput.WriteAsync(_input.AsMemory(), cancel);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading its input; its exit code tells the rest.
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancel)
    {
        var text = new StringBuilder();
        var buffer = new char[16 << 10];
        for (int read; (read = await reader.ReadAsync(buffer, cancel)) > 0;)
        {
            // Drained to the end even when too long, so that the program never blocks on a full pipe.
            text.Append(buffer, 0, Math.Min(read, MaxOutput - text.Length));
        }

        return text.ToString();
    }

    private static IEnumerable<string> SearchPath() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Concat(["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin"])
        .Distinct();
}
