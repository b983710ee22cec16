using System.CommandLine;
using OsDeploy.Cli.Login;

namespace OsDeploy.Cli.Verbs;

/// <summary>One thing osdeploy does, with its options and examples. One class, one file.</summary>
internal abstract class Verb : System.CommandLine.Command
{
    protected Verb(Session session, string name, string description, params IReadOnlyList<string> examples)
        : base(name, description)
    {
        Session = session;
        Examples = examples;
        SetAction(async (parsed, cancel) => (int)await RunExplainedAsync(parsed, cancel));
    }

    /// <summary>Command lines without the leading <c>osdeploy</c>, shown below the help text.</summary>
    public IReadOnlyList<string> Examples { get; }

    protected Session Session { get; }

    protected Terminal Terminal => Session.Terminal;

    /// <summary>Its options and arguments, in the order of the help text.</summary>
    protected void Takes(params IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                Add(argument);
            }
            else
            {
                Add((Option)symbol);
            }
        }
    }

    protected abstract Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel);

    // The server cannot know by which address it was called.
    private async Task<ExitCode> RunExplainedAsync(ParseResult parsed, CancellationToken cancel)
    {
        try
        {
            return await RunAsync(parsed, cancel);
        }
        catch (UserErrorException e) when (e.Code == "not-logged-in")
        {
            throw ServerErrors.NotLoggedIn(Session.ServerOf(NamedServer(parsed)).ToString());
        }
    }

    private string? NamedServer(ParseResult parsed)
    {
        var named = Options.OfType<Option<string>>().FirstOrDefault(option => option.Name is VerbOptions.ServerName or VerbOptions.StoreName);
        return named is not null && parsed.GetValue(named) is { } text && ServerAddress.TryParse(text, out _) ? text : null;
    }
}
