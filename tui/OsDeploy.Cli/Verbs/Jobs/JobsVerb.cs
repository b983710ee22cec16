using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Jobs;

/// <summary>One thing done to jobs that are named, or to those of a batch that it concerns. What one job refuses does not keep it from the others.</summary>
internal abstract class JobsVerb : ServerVerb
{
    private readonly Argument<string[]> _jobs = new("JOB") { Description = "Numbers of jobs.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _batch = VerbOptions.Text("--batch", "Those of this batch that it concerns, instead.", "N");

    protected JobsVerb(Session session, string name, string description, params IReadOnlyList<string> examples)
        : base(session, name, description, examples)
    {
        Asks(_jobs, _batch);
        Validators.Add(result =>
        {
            if ((result.GetResult(_batch) is not null) == (result.GetResult(_jobs) is { Tokens.Count: > 0 }))
            {
                result.AddError("Name either jobs, or a batch with --batch.");
            }
        });
    }

    protected abstract ApiRoute<Nothing, JobView> Route { get; }

    protected abstract bool Concerns(Job job);

    protected sealed override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var jobs = parsed.GetValue(_batch) is { } batch ? await OfBatchAsync(server, batch, cancel) : parsed.GetRequiredValue(_jobs);
        var done = new List<JobView>();
        foreach (var job in jobs)
        {
            await TryAsync(server, job, done, cancel);
        }

        Print(parsed, done, CliJson.Default.IReadOnlyListJobView, writer => JobText.WriteList(writer, done, Session.Clock));
        return done.Count == jobs.Count ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task TryAsync(ServerConnection server, string job, List<JobView> done, CancellationToken cancel)
    {
        try
        {
            done.Add(await server.CallAsync(Route, cancel, job));
        }
        catch (UserErrorException e) when (e.Code is not ("not-logged-in" or "server-unreachable"))
        {
            ErrorText.Write(Terminal.Talk, e);
        }
    }

    private async Task<IReadOnlyList<string>> OfBatchAsync(ServerConnection server, string batch, CancellationToken cancel)
    {
        var jobs = await server.AskAsync(JobApi.List, [("batch", batch), ("count", "1000")], cancel);
        return jobs.Count > 0 ? [.. jobs.Select(view => view.Job).Where(Concerns).Select(job => job.Id)] : throw ServerErrors.BatchUnknown(batch);
    }
}
