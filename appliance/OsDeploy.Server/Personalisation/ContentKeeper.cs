using Microsoft.Extensions.Logging;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Hosting;
using OsDeploy.Server.Jobs;

namespace OsDeploy.Server.Personalisation;

/// <summary>Deletes files that nothing names any more: no addition, no job that works, waits or may be tried again.</summary>
internal sealed class ContentKeeper(ContentStore contents, AdditionRegistry additions, JobBoard board, TimeProvider time, ILogger<ContentKeeper> log) : PeriodicWork(s_every, time, log)
{
    private const int MostJobs = 1000; // one that failed longer ago is started anew rather than tried again

    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);

    /// <returns>How many went.</returns>
    public int Sweep() => contents.Sweep(() => additions.Contents.Concat(Jobs().SelectMany(job => job.Personality?.GetContents() ?? [])).ToHashSet());

    protected override Task RunAsync(CancellationToken stopping)
    {
        Sweep();
        return Task.CompletedTask;
    }

    private IEnumerable<Job> Jobs() => board.Active().Concat(board.Newest(MostJobs).Where(job => job.Outcome is not JobOutcome.Verified));
}
