using OsDeploy.Text;

namespace OsDeploy.Cli;

/// <summary>Asks for the name of what is about to be lost to be typed. Anything else, and nothing happens.</summary>
internal static class Confirmation
{
    /// <param name="loss">What happens, after "This would": <c>overwrite /dev/sdb</c>.</param>
    /// <exception cref="UserErrorException"><c>usage-yes-needed</c>: nobody to ask.</exception>
    public static void RequireSomebodyToAsk(Terminal terminal, bool isYes, string loss)
    {
        if (!isYes && !terminal.CanAsk)
        {
            throw Errors.UsageYesNeeded(loss);
        }
    }

    /// <exception cref="UserErrorException"><c>not-confirmed</c></exception>
    public static async Task RequireNameAsync(Terminal terminal, string name, CancellationToken cancel)
    {
        var typed = await terminal.AskAsync($"Type {Printable.Of(name)} to go on:", cancel);
        if (typed != name)
        {
            throw Errors.NotConfirmed(typed, name);
        }
    }
}
