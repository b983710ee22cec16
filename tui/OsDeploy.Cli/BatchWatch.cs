using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Cli.Output;
using OsDeploy.Cli.Progress;

namespace OsDeploy.Cli;

/// <summary>Looks at a batch every second until its last job has ended.</summary>
internal sealed class BatchWatch(Session session, ServerConnection server, string batch)
{
    private const string All = "1000";
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    /// <returns>All verified: done; warnings; or a failed or skipped host: failed.</returns>
    /// <exception cref="UserErrorException"><c>batch-unknown</c></exception>
    public async Task<ExitCode> RunAsync(bool isJson, CancellationToken cancel)
    {
        var jobs = await FollowAsync(cancel);
        if (isJson)
        {
            CliJson.Write(session.Terminal.Output, jobs, CliJson.Default.IReadOnlyListJobView);
        }
        else
        {
            BatchText.WriteEnd(session.Terminal.Output, batch, jobs);
        }

        return jobs.Any(view => view.Job.Outcome != JobOutcome.Verified) ? ExitCode.Failed
            : jobs.Any(view => view.Job.Warnings.Count > 0) ? ExitCode.DoneWithWarnings
            : ExitCode.Done;
    }

    private async Task<IReadOnlyList<JobView>> FollowAsync(CancellationToken cancel)
    {
        var board = new BatchBoard(session.Terminal, batch);
        while (true)
        {
            var jobs = await server.AskAsync(JobApi.List, [("batch", batch), ("count", All)], cancel);
            if (jobs.Count == 0)
            {
                throw ServerErrors.BatchUnknown(batch);
            }

            board.Show(jobs);
            if (jobs.All(view => view.Job.State == JobState.Ended))
            {
                return jobs;
            }

            await Task.Delay(s_period, session.Clock, cancel);
        }
    }
}
