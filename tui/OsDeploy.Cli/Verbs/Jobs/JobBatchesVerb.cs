using System.CommandLine;
using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Jobs;

internal sealed class JobBatchesVerb : ServerVerb
{
    private readonly Option<int?> _count = VerbOptions.Number("--count", "At most so many. Default: 50.", 1, 1000);

    public JobBatchesVerb(Session session)
        : base(session, "batches", "List what was started together, newest first: counts, rate, and who did not come when woken.", "job batches --count 5") => Asks(_count);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var batches = await server.AskAsync(JobApi.ListBatches, [("count", (parsed.GetValue(_count) ?? 50).ToString(CultureInfo.InvariantCulture))], cancel);
        Print(parsed, batches, CliJson.Default.IReadOnlyListBatchView, writer => BatchText.WriteList(writer, batches, Session.Clock));
        return ExitCode.Done;
    }
}
