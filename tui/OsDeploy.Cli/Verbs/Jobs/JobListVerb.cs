using System.CommandLine;
using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Jobs;

internal sealed class JobListVerb : ServerVerb
{
    private readonly Option<bool> _active = VerbOptions.Flag("--active", "Only jobs that have not ended.");
    private readonly Option<string?> _batch = VerbOptions.Text("--batch", "Only jobs of this batch.", "N");
    private readonly Option<string?> _host = VerbOptions.Text("--host", "Only jobs of this host.", "HOST");
    private readonly Option<int?> _count = VerbOptions.Number("--count", "At most so many. Default: 200.", 1, 1000);

    public JobListVerb(Session session)
        : base(session, "list", "List jobs, newest first.", "job list --active", "job list --batch 12 --json", "job list --host r101-pc01") => Asks(_active, _batch, _host, _count);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var jobs = await server.AskAsync(
            JobApi.List,
            [
                ("batch", parsed.GetValue(_batch)),
                ("host", parsed.GetValue(_host)),
                ("active", parsed.GetValue(_active) ? "true" : null),
                ("count", parsed.GetValue(_count)?.ToString(CultureInfo.InvariantCulture)),
            ],
            cancel);
        Print(parsed, jobs, CliJson.Default.IReadOnlyListJobView, writer => JobText.WriteList(writer, jobs, Session.Clock));
        return ExitCode.Done;
    }
}
