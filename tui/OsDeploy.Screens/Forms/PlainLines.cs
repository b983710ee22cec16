using OsDeploy.Text;

namespace OsDeploy.Screens.Forms;

/// <summary>A terminal that is written to line by line: for screen readers, scripts and typewriters.</summary>
/// <param name="ask">Shows a prompt and reads a line; null when there is no more.</param>
/// <param name="askSecret">The same, without showing what is typed.</param>
internal sealed class PlainLines(
    TextWriter output, Func<string, CancellationToken, Task<string?>> ask, Func<string, CancellationToken, Task<string?>> askSecret)
{
    private const int LongestLine = 1000;

    public void Say(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            output.WriteLine(Printable.Of(line, LongestLine));
        }
    }

    public void Say(UserErrorException error)
    {
        Say($"! {error.Message}   [{error.Code}]");
        Say(error.Hint);
    }

    public Task<string?> AskAsync(string prompt, CancellationToken cancel) => ask(Printable.Of(prompt, LongestLine) + " ", cancel);

    public Task<string?> AskSecretAsync(string prompt, CancellationToken cancel) => askSecret(Printable.Of(prompt, LongestLine) + " ", cancel);
}
