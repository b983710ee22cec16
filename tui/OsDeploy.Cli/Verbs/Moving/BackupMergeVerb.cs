using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Moving;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Moving;

internal sealed class BackupMergeVerb : ServerVerb
{
    private readonly Argument<string> _file = BackupFile.Argument();
    private readonly Option<bool> _dryRun = VerbOptions.Flag("--dry-run", "Only say what would happen.");
    private readonly Option<bool> _yes = VerbOptions.Yes();
    private readonly BackupPassword _password = new();

    public BackupMergeVerb(Session session)
        : base(
            session,
            "merge",
            "Add the hosts, rooms, configurations, templates, additions and images of another appliance's backup to this one. What is here stays as it is: a name, MAC address or UUID that is taken "
                + "is listed as a conflict and left out. Accounts and settings are never merged. Exit code 3 if there are conflicts.",
            "backup merge other-school.osdbackup --dry-run",
            "backup merge other-school.osdbackup") =>
        Asks([_file, _dryRun, _yes, .. _password.Symbols]);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var isDryRun = parsed.GetValue(_dryRun);
        var isYes = parsed.GetValue(_yes);
        if (!isDryRun)
        {
            Confirmation.RequireSomebodyToAsk(Terminal, isYes, "add to the appliance what another one has");
        }

        var (staged, password) = await BackupFile.SendAsync(Session, server, parsed, parsed.GetRequiredValue(_file), _password, cancel);
        var report = await server.CallAsync(MovingApi.Merge, new MergeOrder(password), cancel, staged.Id);
        if (!isDryRun)
        {
            if (!isYes)
            {
                MovingText.WriteMerge(Terminal.Talk, report);
                await Confirmation.RequireNameAsync(Terminal, staged.Appliance, cancel);
            }

            report = await server.CallAsync(MovingApi.Merge, new MergeOrder(password, Apply: true), cancel, staged.Id);
        }

        await server.CallAsync(MovingApi.Drop, cancel, staged.Id);
        Print(parsed, report, CliJson.Default.MergeReport, writer => MovingText.WriteMerge(writer, report));
        return report.CountOf(MergeAction.Conflict) > 0 ? ExitCode.DoneWithWarnings : ExitCode.Done;
    }
}
