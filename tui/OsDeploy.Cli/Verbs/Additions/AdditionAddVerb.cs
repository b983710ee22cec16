using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Cli.Output;
using OsDeploy.Personalisation;

namespace OsDeploy.Cli.Verbs.Additions;

internal sealed class AdditionAddVerb : ServerVerb
{
    private readonly Argument<string?> _source = new("FILE|FOLDER") { Description = "What hosts get; of a folder, all that is in it.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<PersonalFileKind?> _kind = VerbOptions.Choice<PersonalFileKind>("--kind", "What it is", "KIND");
    private readonly Option<string?> _path = VerbOptions.Text("--path", "Its name on the host, or the folder there; else by its own name.", "PATH");
    private readonly Option<string[]> _printer = VerbOptions.Texts("--printer", "A printer that everybody who logs in finds.", @"\\SERVER\PRINTER");
    private readonly SelectorOptions _for = new();

    public AdditionAddVerb(Session session)
        : base(
            session,
            "add",
            "Give hosts a file besides their image: script, registry file, driver, printer. Without --room and the like every host gets it.",
            "addition add map-drives.cmd --kind setup --room r101",
            "addition add drivers/e1000 --kind driver --vendor Dell* --model \"OptiPlex 7*\"",
            "addition add school.reg --kind registry --config win11 --os win11",
            @"addition add --printer \\srv\library --names lib-*")
    {
        Asks([_source, _kind, _path, _printer, .. _for.All]);
        Validators.Add(result =>
        {
            if (result.GetResult(_source) is { Tokens.Count: > 0 } != result.GetResult(_kind) is not null)
            {
                result.AddError("A file or folder and its --kind go together.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var place = _for.PlaceOf(parsed);
        var (selector, order) = (_for.Of(parsed), parsed.GetValue(_for.Order) ?? Addition.UsualOrder);
        List<AdditionFile> files =
        [
            .. parsed.GetValue(_source) is { } source ? AdditionFile.Find(parsed.GetValue(_kind)!.Value, source, parsed.GetValue(_path)) : [],
            .. (parsed.GetValue(_printer) ?? []).Select(AdditionFile.Printer),
        ];
        if (files.Count == 0)
        {
            throw TemplateErrors.UsageNothingToAdd();
        }

        var asked = await AdditionFile.SendAsync(files, (file, content) => new NewAddition(file.Kind, file.Path, content, order, place?.Disk, place?.Number, selector), server, cancel);
        var added = await server.CallAsync(PersonalApi.Add, new NewAdditions(asked), cancel);
        Print(parsed, added, CliJson.Default.IReadOnlyListAdditionView, writer => AdditionText.WriteList(writer, added));
        AdditionText.WriteWarnings(Terminal.Talk, added);
        return added.Any(view => view.Addition.Warning is not null) ? ExitCode.DoneWithWarnings : ExitCode.Done;
    }
}
