namespace OsDeploy.Cli;

/// <summary>
/// The person or script at the other end. Results go to <see cref="Output"/>; progress, questions and errors go to
/// <see cref="Talk"/>, so that a pipe behind <c>--json</c> never meets them.
/// </summary>
/// <param name="canAsk">Somebody can read a question and type an answer.</param>
/// <param name="canRepaint">A carriage return goes back to the start of the line.</param>
/// <param name="readSecret">Reads a line that is not shown; null: like any other line.</param>
/// <param name="openInput">What comes through a pipe, byte by byte; null: nothing does.</param>
/// <param name="openOutput">A pipe for bytes; null: there is none.</param>
internal sealed class Terminal(
    TextReader input, TextWriter output, TextWriter talk, bool canAsk, bool canRepaint, int width, int height = Terminal.FallbackHeight, Func<string?>? readSecret = null, bool hasScreen = false, Func<Stream>? openInput = null, Func<Stream>? openOutput = null)
{
    private const int FallbackWidth = 80;
    private const int FallbackHeight = 24;

    private Task<string?>? _reading;
    private bool _hasWindow;

    public TextWriter Output { get; } = output;

    public TextWriter Talk { get; } = new LenientWriter(talk);

    public bool CanAsk { get; } = canAsk;

    public bool CanRepaint { get; } = canRepaint;

    /// <summary>Keyboard and screen of one terminal: a program may have all of it.</summary>
    public bool HasScreen { get; } = hasScreen;

    public int Width => _hasWindow && Console.WindowWidth is > 0 and var columns ? columns : width;

    public int Height => _hasWindow && Console.WindowHeight is > 0 and var rows ? rows : height;

    /// <summary>For results that are no text.</summary>
    public Func<Stream> OpenBytes { get; init; } = Console.OpenStandardOutput;

    /// <summary>Screens have it: a line among them would be in nobody's place.</summary>
    public bool IsTaken { get; set; }

    public static Terminal OfProcess()
    {
        var isRepaintable = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        return new Terminal(
            new LateReader(() => Console.In),
            new LateWriter(() => Console.Out),
            new LateWriter(() => Console.Error),
            canAsk: !Console.IsInputRedirected && !Console.IsErrorRedirected,
            canRepaint: isRepaintable,
            width: FallbackWidth,
            readSecret: SecretKeys.ReadLine,
            hasScreen: isRepaintable && !Console.IsInputRedirected && !Console.IsOutputRedirected,
            openInput: Console.IsInputRedirected ? Console.OpenStandardInput : null,
            openOutput: Console.IsOutputRedirected ? Console.OpenStandardOutput : null)
        {
            _hasWindow = isRepaintable && !Console.IsOutputRedirected,
        };
    }

    /// <returns>What was typed without the blanks around it; empty at the end of input and on a terminal that is gone.</returns>
    public async Task<string> AskAsync(string question, CancellationToken cancel) => await TryAskAsync(question, cancel) ?? "";

    /// <inheritdoc cref="AskAsync"/>
    /// <returns>Null at the end of input and on a terminal that is gone.</returns>
    public async Task<string?> TryAskAsync(string question, CancellationToken cancel)
    {
        await Talk.WriteAsync(question + " ");
        await Talk.FlushAsync(cancel);
        return (await ReadLineAsync().WaitAsync(cancel))?.Trim();
    }

    /// <summary>As <see cref="AskAsync"/>, without showing what is typed, and with the blanks around it.</summary>
    public async Task<string> AskSecretAsync(string question, CancellationToken cancel) => await TryAskSecretAsync(question, cancel) ?? "";

    /// <inheritdoc cref="AskSecretAsync"/>
    /// <returns>Null at the end of input and on a terminal that is gone.</returns>
    public async Task<string?> TryAskSecretAsync(string question, CancellationToken cancel)
    {
        await Talk.WriteAsync(question + " ");
        await Talk.FlushAsync(cancel);
        var typed = await (readSecret is null ? ReadLineAsync() : Task.Run(() => Read(readSecret), cancel)).WaitAsync(cancel);
        await Talk.WriteLineAsync();
        return typed;
    }

    /// <summary>As <see cref="AskAsync"/>, for as long as somebody may take to answer. Without anybody to ask it only waits.</summary>
    /// <returns>Null if nothing was typed in time.</returns>
    public async Task<string?> AskWithinAsync(string question, TimeSpan patience, TimeProvider clock, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var time = Task.Delay(patience, clock, over.Token);
        await Talk.WriteLineAsync(question);
        var typed = CanAsk ? ReadLineAsync() : Task.FromResult<string?>(null);
        if (await Task.WhenAny(time, typed) == typed && await typed is { } line)
        {
            await over.CancelAsync();
            return line.Trim();
        }

        await time;
        return null;
    }

    /// <summary>Bytes of the pipe that leads here.</summary>
    /// <exception cref="UserErrorException"><c>usage-pipe-needed</c></exception>
    public Stream OpenInput() => openInput?.Invoke() ?? throw Errors.UsagePipeNeeded("Bytes are read from a pipe, and a terminal is none");

    /// <summary>A pipe for bytes: on a screen they would do harm.</summary>
    /// <exception cref="UserErrorException"><c>usage-pipe-needed</c></exception>
    public Stream OpenOutput() => openOutput?.Invoke() ?? throw Errors.UsagePipeNeeded("The bytes of a backup would go to the screen");

    /// <summary>All that comes in, to the end of input.</summary>
    public async Task<string> ReadAllAsync(CancellationToken cancel) => await Task.Run(() => Read(input.ReadToEnd), cancel).WaitAsync(cancel) ?? "";

    // Reading the keyboard cannot be cancelled: what nobody waits for any longer answers the next question, so that no line is lost to a
    // question that is over.
    private Task<string?> ReadLineAsync()
    {
        if (_reading is not { IsCompleted: false })
        {
            _reading = Task.Run(() => Read(input.ReadLine));
        }

        return _reading;
    }

    private static string? Read(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
