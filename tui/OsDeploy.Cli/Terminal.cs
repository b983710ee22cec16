namespace OsDeploy.Cli;

/// <summary>
/// The person or script at the other end. Results go to <see cref="Output"/>; progress, questions and errors go to
/// <see cref="Talk"/>, so that a pipe behind <c>--json</c> never meets them.
/// </summary>
/// <param name="canAsk">Somebody can read a question and type an answer.</param>
/// <param name="canRepaint">A carriage return goes back to the start of the line.</param>
/// <param name="readSecret">Reads a line that is not shown; null: like any other line.</param>
internal sealed class Terminal(
    TextReader input, TextWriter output, TextWriter talk, bool canAsk, bool canRepaint, int width, int height = Terminal.FallbackHeight, Func<string?>? readSecret = null)
{
    private const int FallbackWidth = 80;
    private const int FallbackHeight = 24;

    public TextWriter Output { get; } = output;

    public TextWriter Talk { get; } = new LenientWriter(talk);

    public bool CanAsk { get; } = canAsk;

    public bool CanRepaint { get; } = canRepaint;

    public int Width { get; } = width;

    public int Height { get; } = height;

    public static Terminal OfProcess()
    {
        var isRepaintable = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        var width = isRepaintable && !Console.IsOutputRedirected ? Console.WindowWidth : 0;
        var height = isRepaintable && !Console.IsOutputRedirected ? Console.WindowHeight : 0;
        return new Terminal(
            Console.In,
            Console.Out,
            Console.Error,
            canAsk: !Console.IsInputRedirected && !Console.IsErrorRedirected,
            canRepaint: isRepaintable,
            width: width > 0 ? width : FallbackWidth,
            height: height > 0 ? height : FallbackHeight,
            readSecret: SecretKeys.ReadLine);
    }

    /// <returns>What was typed without the blanks around it; empty at the end of input and on a terminal that is gone.</returns>
    public async Task<string> AskAsync(string question, CancellationToken cancel) =>
        (await ReadAsync(question, input.ReadLine, cancel))?.Trim() ?? "";

    /// <summary>As <see cref="AskAsync"/>, without showing what is typed, and with the blanks around it.</summary>
    public async Task<string> AskSecretAsync(string question, CancellationToken cancel)
    {
        var typed = await ReadAsync(question, readSecret ?? input.ReadLine, cancel);
        await Talk.WriteLineAsync();
        return typed ?? "";
    }

    /// <summary>All that comes in, to the end of input.</summary>
    public async Task<string> ReadAllAsync(CancellationToken cancel) => await Task.Run(() => Read(input.ReadToEnd), cancel).WaitAsync(cancel) ?? "";

    private async Task<string?> ReadAsync(string question, Func<string?> read, CancellationToken cancel)
    {
        await Talk.WriteAsync(question + " ");
        await Talk.FlushAsync(cancel);

        // Reading the keyboard cannot be cancelled; a cancelled program leaves the read behind and ends.
        return await Task.Run(() => Read(read), cancel).WaitAsync(cancel);
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
