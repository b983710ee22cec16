using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Moving;
using OsDeploy.Cli.Output;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Moving;

internal sealed class BackupRestoreVerb : ServerVerb
{
    private readonly Argument<string> _file = BackupFile.Argument();
    private readonly Option<bool> _dryRun = VerbOptions.Flag("--dry-run", "Only say what would happen.");
    private readonly Option<bool> _yes = VerbOptions.Yes();
    private readonly BackupPassword _password = new();

    public BackupRestoreVerb(Session session)
        : base(
            session,
            "restore",
            "Replace everything but the images by a backup, all or nothing, and start the appliance anew with it. Shows what is lost, and asks for the appliance's name to be typed. "
                + "Images stay; those of the backup whose chunks are not here are listed, and cannot be restored until the store they come from is imported.",
            "backup restore school.osdbackup --dry-run",
            "backup restore school.osdbackup",
            "backup restore - --no-keys --yes") =>
        Asks([_file, _dryRun, _yes, .. _password.Symbols]);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var isDryRun = parsed.GetValue(_dryRun);
        if (!isDryRun)
        {
            Confirmation.RequireSomebodyToAsk(Terminal, parsed.GetValue(_yes), "replace everything but the images of the appliance");
        }

        var (staged, password) = await BackupFile.SendAsync(Session, server, parsed, parsed.GetRequiredValue(_file), _password, cancel);
        var preview = await server.CallAsync(MovingApi.Restore, new RestoreOrder(password), cancel, staged.Id);
        if (isDryRun)
        {
            await server.CallAsync(MovingApi.Drop, cancel, staged.Id);
            Print(parsed, preview, CliJson.Default.RestoreOutlook, writer => MovingText.WriteRestore(writer, preview));
            return ExitCode.Done;
        }

        if (!parsed.GetValue(_yes))
        {
            MovingText.WriteRestore(Terminal.Talk, preview);
            await Confirmation.RequireNameAsync(Terminal, staged.Appliance, cancel);
        }

        var done = await server.CallAsync(MovingApi.Restore, new RestoreOrder(password, Apply: true), cancel, staged.Id);
        Print(parsed, done, CliJson.Default.RestoreOutlook, writer =>
        {
            if (parsed.GetValue(_yes))
            {
                MovingText.WriteRestore(writer, done);
            }

            writer.WriteLine($"Restored. {Printable.Of(staged.Appliance)} starts anew now; log in again, with an account of the backup.");
        });
        return done.Incomplete.Count > 0 ? ExitCode.DoneWithWarnings : ExitCode.Done;
    }
}
