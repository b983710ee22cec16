using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Storage;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Appliance;

internal sealed class SupportBundleVerb : ServerVerb
{
    private const string Pipe = "-";

    private readonly Argument<string> _file = new("FILE|-") { Description = "File to write (.tar.gz), which only you can read; -: standard output, the one way over SSH." };
    private readonly Option<bool> _yes = VerbOptions.Flag("--yes", "Replace the file if it is there.");

    public SupportBundleVerb(Session session)
        : base(
            session,
            "support-bundle",
            "Write what somebody needs who is to find a fault: states, settings, jobs, the end of the audit log and of the system's journal. No secret is in it.",
            "appliance support-bundle osdeploy-support.tar.gz",
            "appliance support-bundle -") =>
        Asks(_file, _yes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var file = parsed.GetRequiredValue(_file);
        if (file == Pipe)
        {
            // Whole before its first byte leaves: what was written into a pipe cannot be taken back for another try.
            using var bundle = new MemoryStream();
            await server.DownloadAsync(HealthApi.SupportBundle, bundle, cancel);
            await using var output = Terminal.OpenBytes();
            bundle.Position = 0;
            await bundle.CopyToAsync(output, cancel);
            return ExitCode.Done;
        }

        await OutputFile.WriteAsync(file, parsed.GetValue(_yes), to => server.DownloadAsync(HealthApi.SupportBundle, to, cancel));
        return Say(parsed, "support-bundle-written", $"Wrote {Printable.Of(file)}, {Sizes.Of(new FileInfo(file).Length)}.", file);
    }
}
