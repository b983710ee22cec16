using System.Globalization;
using System.Text;
using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>Registers hosts from a list that is pasted: first what would happen, line by line, then it is done as a whole or not at all.</summary>
internal sealed class HostImportWizard
{
    private readonly ConsoleContext _context;
    private readonly TextEntry _csv;
    private ImportReport? _report;

    public HostImportWizard(ConsoleContext context)
    {
        _context = context;
        _csv = new TextEntry("csv", Words.Hosts.Csv) { IsRequired = true, IsLong = true, MaxLength = HostApi.MaxImport / 2, Help = Words.Hosts.CsvHelp };
        var paste = new FormModel(Words.Hosts.ImportPaste, [_csv], FormAction.Take(Words.Common.Next)) { Help = Words.Hosts.CsvHelp };
        var preview = new FormModel(
            Words.Hosts.ImportPreview,
            [new InfoEntry("summary", Summary), new InfoEntry("lines", () => string.Join('\n', Lines)) { IsLong = true }],
            new FormAction("import", Words.Hosts.Import, ImportAsync))
        {
            Help = Words.Hosts.ImportHelp,
            Rule = () => _report is { Errors: > 0 } report ? Language.Count(report.Errors, Words.Hosts.ImportWrongOne, Words.Hosts.ImportWrongOther) : null,
            Equivalent = () => [new CommandLine("host", "import", "hosts.csv", "--apply")],
        };
        Model = new WizardModel(Words.Hosts.ImportTitle, new WizardPage(paste), new WizardPage(preview, Prepare: PreviewAsync));
    }

    public WizardModel Model { get; }

    /// <summary>What would happen to each line of the list, those that are wrong first.</summary>
    public IReadOnlyList<string> Lines =>
    [
        .. (_report?.Lines ?? []).OrderBy(line => line.Action != "error").ThenBy(line => line.Line).Where(line => line.Action != "same")
            .Select(line => string.Create(CultureInfo.InvariantCulture, $"{(line.Action == "error" ? "!" : line.Action == "add" ? "+" : "~")} {line.Line,4}  {line.Name,-15}  {line.Detail}")),
    ];

    private string Summary()
    {
        int Of(string action) => _report?.Lines.Count(line => line.Action == action) ?? 0;
        return Language.Fill(Words.Hosts.ImportSummary, Of("add"), Of("change"), Of("same"), Of("error"));
    }

    private async Task PreviewAsync(CancellationToken cancel) => _report = await AskAsync(isApplied: false, cancel);

    private async Task ImportAsync(CancellationToken cancel) => _report = await AskAsync(isApplied: true, cancel);

    private Task<ImportReport> AskAsync(bool isApplied, CancellationToken cancel) =>
        _context.Session.CallAsync(HostApi.Import, new HostImport(Encoding.UTF8.GetBytes(_csv.Value), isApplied), cancel);
}
