using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Jobs;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Boot;

internal sealed class BootNextVerb : ServerVerb
{
    private readonly Argument<string[]> _hosts = new("HOST") { Description = "Names of hosts, or patterns such as r101-*.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _room = VerbOptions.Texts("--room", "All hosts of this room.", "ROOM");
    private readonly Option<string[]> _config = VerbOptions.Texts("--config", "All hosts of this configuration.", "CONFIGURATION");
    private readonly Option<BootTarget?> _to = VerbOptions.Choice<BootTarget>("--to", "What they start once, unless a job goes first", "WHAT");
    private readonly Option<bool> _clear = VerbOptions.Flag("--clear", "Take back what was said before.");

    public BootNextVerb(Session session)
        : base(
            session,
            "next",
            "Say what hosts start once, at their next start over the network. Without a host: show what was said and has not come true.",
            "boot next r101-pc01 --to menu",
            "boot next r101-pc01 r101-pc02 --to disk",
            "boot next --room r101 --to client",
            "boot next --room r101 --clear",
            "boot next")
    {
        Asks(_hosts, _room, _config, _to, _clear);
        Validators.Add(result =>
        {
            var isNamed = result.GetResult(_hosts) is { Tokens.Count: > 0 } || result.GetResult(_room) is not null || result.GetResult(_config) is not null;
            var (isSaid, isCleared) = (result.GetResult(_to) is not null, result.GetValue(_clear));
            if (isNamed ? isSaid == isCleared : isSaid || isCleared)
            {
                result.AddError("Name hosts, and say either --to or --clear.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        if (parsed.GetValue(_to) is null && !parsed.GetValue(_clear))
        {
            var all = await server.CallAsync(BootApi.ListNext, cancel);
            Print(parsed, all, CliJson.Default.IReadOnlyListBootNext, writer => BootText.WriteNext(writer, all, Session.Clock));
            return ExitCode.Done;
        }

        var hosts = new HostSelection(parsed.GetValue(_hosts), parsed.GetValue(_room), parsed.GetValue(_config));
        var changed = await server.CallAsync(BootApi.ChangeNext, new BootNextChange(hosts, parsed.GetValue(_to)), cancel);
        Print(parsed, changed, CliJson.Default.IReadOnlyListBootNext, writer => Write(writer, changed, parsed.GetValue(_clear)));
        return ExitCode.Done;
    }

    private void Write(TextWriter writer, IReadOnlyList<BootNext> changed, bool isCleared)
    {
        if (isCleared)
        {
            writer.WriteLine(changed.Count == 0 ? "Nothing was said for these hosts." : $"{Words.Count(changed.Count, "host")} {(changed.Count == 1 ? "starts" : "start")} as usual.");
        }
        else
        {
            BootText.WriteNext(writer, changed, Session.Clock);
        }
    }
}
