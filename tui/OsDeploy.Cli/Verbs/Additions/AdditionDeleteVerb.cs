using System.CommandLine;
using System.IO.Enumeration;
using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Additions;

internal sealed class AdditionDeleteVerb : ServerVerb
{
    private readonly Argument<string[]> _additions = new("ID|PATH") { Description = "Ids, or how they begin; or paths, where * stands for anything: e1000/*.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _yes = VerbOptions.Yes();

    public AdditionDeleteVerb(Session session)
        : base(session, "delete", "Take additions away from hosts that are restored from now on. Shows them, then asks.", "addition delete 3f2a", "addition delete e1000/*") => Asks(_additions, _yes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var isYes = parsed.GetValue(_yes);
        Confirmation.RequireSomebodyToAsk(Terminal, isYes, "delete additions");
        var all = await server.CallAsync(PersonalApi.ListAdditions, cancel);
        var gone = parsed.GetRequiredValue(_additions).SelectMany(word => Meant(word, all)).DistinctBy(view => view.Addition.Id).ToList();
        if (!isYes)
        {
            AdditionText.WriteList(Terminal.Talk, gone);
            await Confirmation.RequireAllAsync(Terminal, [.. gone.Select(view => view.Addition.Path)], cancel);
        }

        foreach (var view in gone)
        {
            await server.CallAsync(PersonalApi.Delete, cancel, view.Addition.Id);
        }

        return Say(parsed, "additions-deleted", $"Deleted {Words.Count(gone.Count, "addition")}.", [.. gone.Select(view => view.Addition.Id)]);
    }

    private static List<AdditionView> Meant(string word, IReadOnlyList<AdditionView> all)
    {
        var meant = all.Where(view => view.Addition.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase) || FileSystemName.MatchesSimpleExpression(word, view.Addition.Path)).ToList();
        return meant.Count > 0 ? meant : throw TemplateErrors.AdditionUnknown(word);
    }
}
