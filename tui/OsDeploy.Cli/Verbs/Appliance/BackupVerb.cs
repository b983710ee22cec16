using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Storage;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Appliance;

internal sealed class BackupVerb : ServerVerb
{
    private readonly Argument<string> _file = new("FILE") { Description = "File to write; only you can read it." };
    private readonly Option<bool> _yes = VerbOptions.Flag("--yes", "Replace the file if it is there.");

    public BackupVerb(Session session)
        : base(
            session,
            "backup",
            "Copy hosts, configurations, accounts, jobs and the audit log into a file. The images are not in it (`image export` copies those), nor is the key of the secrets.",
            "backup osdeploy-backup.db") =>
        Asks(_file, _yes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var file = parsed.GetRequiredValue(_file);
        await OutputFile.WriteAsync(file, parsed.GetValue(_yes), to => server.DownloadAsync(ApplianceApi.Backup, to, cancel));
        return Say(parsed, "backup-written", $"Wrote {Printable.Of(file)}, {Sizes.Of(new FileInfo(file).Length)}.", file);
    }
}
