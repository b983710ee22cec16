using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Jobs;

internal sealed class JobShowVerb : ServerVerb
{
    private const int TailLines = 10;

    private readonly Argument<string> _job = new("JOB") { Description = "Number of the job." };
    private readonly Option<bool> _log = VerbOptions.Flag("--log", "Only its log, the whole of it.");

    public JobShowVerb(Session session)
        : base(session, "show", "Show all that is known of a job, and the end of its log.", "job show 42", "job show 42 --log") => Asks(_job, _log);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var number = parsed.GetRequiredValue(_job);
        if (parsed.GetValue(_log))
        {
            var log = await server.CallAsync(JobApi.Log, cancel, number);
            Print(parsed, log, CliJson.Default.IReadOnlyListJobLogLine, writer => JobText.WriteLog(writer, log, Session.Clock));
            return ExitCode.Done;
        }

        var job = await server.CallAsync(JobApi.Show, cancel, number);
        IReadOnlyList<JobLogLine> tail = IsJson(parsed) ? [] : [.. (await server.CallAsync(JobApi.Log, cancel, number)).TakeLast(TailLines)];
        Print(parsed, job, CliJson.Default.JobView, writer => Write(writer, job, tail));
        return ExitCode.Done;
    }

    private void Write(TextWriter writer, JobView job, IReadOnlyList<JobLogLine> tail)
    {
        JobText.Write(writer, job, Session.Clock);
        if (tail.Count > 0)
        {
            writer.WriteLine();
            JobText.WriteLog(writer, tail, Session.Clock);
        }
    }
}
