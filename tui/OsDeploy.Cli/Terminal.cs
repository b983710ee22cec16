namespace OsDeploy.Cli;

/// <summary>
/// The person or script at the other end. Results go to <see cref="Output"/>; progress, questions and errors go to
/// <see cref="Talk"/>, so that a pipe behind <c>--json</c> never meets them.
/// </summary>
/// <param name="canAsk">Somebody can read a question and type an answer.</param>
/// <param name="canRepaint">A carriage return goes back to the start of the line.</param>
internal sealed class Terminal(TextReader input, TextWriter output, TextWriter talk, bool canAsk, bool canRepaint, int width)
{
    private const int FallbackWidth = 80;

    public TextWriter Output { get; } = output;

    public TextWriter Talk { get; } = new LenientWriter(talk);

    public bool CanAsk { get; } = canAsk;

    public bool CanRepaint { get; } = canRepaint;

    public int Width { get; } = width;

    public static Terminal OfProcess()
    {
        var isRepaintable = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        var width = isRepaintable && !Console.IsOutputRedirected ? Console.WindowWidth : 0;
        return new Terminal(
            Console.In,
            Console.Out,
            Console.Error,
            canAsk: !Console.IsInputRedirected && !Console.IsErrorRedirected,
            canRepaint: isRepaintable,
            width: width > 0 ? width : FallbackWidth);
    }

    /// <returns>What was typed without the blanks around it; empty at the end of input and on a terminal that is gone.</returns>
    public async Task<string> AskAsync(string question, CancellationToken cancel)
    {
        await Talk.WriteAsync(question + " ");
        await Talk.FlushAsync(cancel);

        // Reading the keyboard cannot be cancelled; a cancelled program leaves the read behind and ends.
        return (await Task.Run(ReadLine, cancel).WaitAsync(cancel))?.Trim() ?? "";
    }

    private string? ReadLine()
    {
        try
        {
            return input.ReadLine();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
