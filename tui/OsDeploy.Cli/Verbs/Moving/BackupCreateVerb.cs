using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Moving;
using OsDeploy.Cli.Progress;
using OsDeploy.Storage;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Moving;

internal sealed class BackupCreateVerb : ServerVerb
{
    public const string Pipe = "-";

    private readonly Argument<string> _file = new("FILE") { Description = "File to write; only you can read it. - or nothing: into a pipe.", DefaultValueFactory = _ => Pipe };
    private readonly Option<bool> _yes = VerbOptions.Flag("--yes", "Replace the file if it is there.");
    private readonly BackupPassword _password = new();

    public BackupCreateVerb(Session session)
        : base(
            session,
            "create",
            "Copy everything but the chunks of images into a file: hosts, rooms, configurations, accounts, templates, additions, hooks, jobs, audit log, and what images there are. "
                + "With a password the keys come with it, so that another computer can become this appliance; without one, secrets must be entered again. `store export` copies the images themselves.",
            "backup create school.osdbackup",
            "backup create school.osdbackup --password-file /root/backup-password",
            "backup create - --no-keys") =>
        Asks([_file, _yes, .. _password.Symbols]);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var file = parsed.GetRequiredValue(_file);
        var output = file == Pipe ? Terminal.OpenOutput() : null; // first: nobody is asked for a password in vain
        var order = new BackupOrder(await _password.AskNewAsync(parsed, Terminal, cancel));
        if (output is not null)
        {
            await using (output)
            {
                await DownloadAsync(server, order, output, cancel);
            }

            await Terminal.Talk.WriteLineAsync(NoteOf(order));
            return ExitCode.Done;
        }

        await OutputFile.WriteAsync(file, parsed.GetValue(_yes), to => DownloadAsync(server, order, to, cancel));
        return Say(parsed, "backup-written", $"Wrote {Printable.Of(file)}, {Sizes.Of(new FileInfo(file).Length)}. {NoteOf(order)}", file);
    }

    private static string NoteOf(BackupOrder order) => order.Password is null
        ? "No key is in it: after a restore elsewhere, product keys, passwords of domains and of local administrators must be entered again, and logins told the new fingerprint."
        : "The keys are in it, behind its password: without that password they are lost.";

    private async Task DownloadAsync(ServerConnection server, BackupOrder order, Stream to, CancellationToken cancel)
    {
        var job = new JobProgress();
        using var printer = new ProgressPrinter(Session, job);
        await using var counted = new CountedStream(to, job.Begin("backup", 0));
        await server.DownloadAsync(MovingApi.Create, order, counted, cancel);
    }
}
