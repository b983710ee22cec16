using System.CommandLine;
using OsDeploy.Cli.Output;
using OsDeploy.Cli.Progress;
using OsDeploy.Disks;
using OsDeploy.Imaging;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs;

internal sealed class EraseVerb : Verb
{
    private readonly Argument<string> _disk = VerbOptions.Disk();
    private readonly Option<bool> _yes = VerbOptions.Yes();
    private readonly Option<bool> _allowRemovable = VerbOptions.AllowRemovable();
    private readonly Option<bool> _json = VerbOptions.Json();

    public EraseVerb(Session session)
        : base(session, "erase", "Erase a whole disk.", "erase /dev/sdb", "erase /dev/sdb --yes --json") =>
        Takes(_disk, _yes, _allowRemovable, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var disk = parsed.GetRequiredValue(_disk);
        var isYes = parsed.GetValue(_yes);
        Confirmation.RequireSomebodyToAsk(Terminal, isYes, $"erase {Printable.Of(disk)}");
        if (!isYes)
        {
            DiskText.WriteContent(Terminal.Talk, await DiskInspector.InspectAsync(disk, cancel));
            await Terminal.Talk.WriteLineAsync(LossText.WholeDisk);
            await Confirmation.RequireNameAsync(Terminal, Path.GetFileName(disk), cancel);
        }

        var report = await EraseAsync(disk, parsed.GetValue(_allowRemovable), cancel);
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, report, CliJson.Default.EraseReport);
        }
        else
        {
            ReportText.Write(Terminal.Output, report);
        }

        return ExitCode.Done;
    }

    private async Task<EraseReport> EraseAsync(string disk, bool allowRemovable, CancellationToken cancel)
    {
        var job = new JobProgress();
        using var printer = new ProgressPrinter(Session, job);
        return await new Erase(job).RunAsync(disk, allowRemovable, cancel);
    }
}
