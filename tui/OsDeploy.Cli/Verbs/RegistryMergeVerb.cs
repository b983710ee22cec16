using System.CommandLine;
using OsDeploy.Cli.Output;
using OsDeploy.Text;
using OsDeploy.Windows;

namespace OsDeploy.Cli.Verbs;

internal sealed class RegistryMergeVerb : Verb
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "Registry files (.reg), in the order in which they take effect.", Arity = ArgumentArity.OneOrMore };
    private readonly RegistryPlace _place = new();
    private readonly Option<bool> _dryRun = VerbOptions.Flag("--dry-run", "Only show what would change.");
    private readonly Option<bool> _yes = VerbOptions.Yes();
    private readonly Option<bool> _json = VerbOptions.Json();

    public RegistryMergeVerb(Session session)
        : base(
            session,
            "merge",
            "Put registry files (.reg) into the registry of a Windows. Shows each change and asks; CurrentControlSet means every control set.",
            "registry merge school.reg --windows /mnt/c",
            "registry merge school.reg room.reg --windows /mnt/c --dry-run",
            @"registry merge printers.reg --hive /mnt/c/Windows/System32/config/SOFTWARE --root HKEY_LOCAL_MACHINE\SOFTWARE --yes --json")
    {
        Takes([_files, .. _place.Options, _dryRun, _yes, _json]);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (registry, name) = _place.Open(parsed);
        var isDryRun = parsed.GetValue(_dryRun);
        var isSilent = isDryRun || parsed.GetValue(_yes);
        Confirmation.RequireSomebodyToAsk(Terminal, isSilent, $"change the registry in {Printable.Of(name)}");
        var edits = new List<RegistryEdit>();
        foreach (var file in parsed.GetRequiredValue(_files))
        {
            edits.AddRange(Parse(file, await InputFile.ReadBytesAsync(file, RegistryFile.MaxSize, cancel)));
        }

        var changes = registry.Plan(edits);
        var isWritten = !isDryRun && changes.Count > 0;
        if (!isSilent && isWritten)
        {
            RegistryChangeText.Write(Terminal.Talk, changes);
            await Confirmation.RequireNameAsync(Terminal, name, cancel);
        }

        Report(parsed, new RegistryReport(isWritten, isWritten ? registry.Apply(edits) : changes), isShown: !isSilent);
        return ExitCode.Done;
    }

    private static IReadOnlyList<RegistryEdit> Parse(string file, byte[] bytes)
    {
        try
        {
            return RegistryFile.Parse(bytes);
        }
        catch (UserErrorException e)
        {
            throw new UserErrorException(e.Code, $"{Printable.Of(file)}: {e.Message}", e.Hint, e);
        }
    }

    private void Report(ParseResult parsed, RegistryReport report, bool isShown)
    {
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, report, CliJson.Default.RegistryReport);
            return;
        }

        if (!isShown)
        {
            RegistryChangeText.Write(Terminal.Output, report.Changes);
        }

        Terminal.Output.WriteLine(report.Changes.Count == 0 ? "It is all there already; nothing was written."
            : report.IsWritten ? $"Made {Words.Count(report.Changes.Count, "change")}."
            : $"It would make {Words.Count(report.Changes.Count, "change")}; nothing was written.");
    }
}
