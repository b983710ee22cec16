using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs;

/// <summary>A verb that asks an appliance.</summary>
internal abstract class ServerVerb(Session session, string name, string description, params IReadOnlyList<string> examples)
    : Verb(session, name, description, examples)
{
    private readonly Option<string?> _server = VerbOptions.Server();
    private readonly Option<bool> _json = VerbOptions.Json();

    /// <summary>Its own options and arguments; which server and <c>--json</c> come after them.</summary>
    protected void Asks(params IEnumerable<Symbol> symbols) => Takes([.. symbols, _server, _json]);

    protected sealed override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var server = Session.Connect(parsed.GetValue(_server));
        return await RunAsync(parsed, server, cancel);
    }

    protected abstract Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel);

    protected bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Prints an answer as it was asked for.</summary>
    protected void Print<T>(ParseResult parsed, T answer, JsonTypeInfo<T> type, Action<TextWriter> write)
    {
        if (IsJson(parsed))
        {
            CliJson.Write(Terminal.Output, answer, type);
        }
        else
        {
            write(Terminal.Output);
        }
    }

    /// <summary>Says what was done to what.</summary>
    /// <param name="done">Stable words for scripts: <c>room-deleted</c>.</param>
    /// <param name="sentence">For people; printable.</param>
    protected ExitCode Say(ParseResult parsed, string done, string sentence, params IReadOnlyList<string> names)
    {
        Print(parsed, new Deed(done, names), CliJson.Default.Deed, writer => writer.WriteLine(sentence));
        return ExitCode.Done;
    }
}
