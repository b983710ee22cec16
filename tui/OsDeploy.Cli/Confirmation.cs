using System.Globalization;
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

    /// <summary>One name is typed as it is; of several, their number.</summary>
    /// <exception cref="UserErrorException"><c>not-confirmed</c></exception>
    public static Task RequireAllAsync(Terminal terminal, IReadOnlyList<string> names, CancellationToken cancel) =>
        RequireNameAsync(terminal, names is [var only] ? only : names.Count.ToString(CultureInfo.InvariantCulture), cancel);

    /// <summary><c>r101-pc01</c>, or <c>12 hosts</c>.</summary>
    /// <param name="thing">One of them.</param>
    public static string CountOf(IReadOnlyList<string> names, string thing) =>
        names is [var only] ? Printable.Of(only) : Words.Count(names.Count, thing);
}
