using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Cli.Output;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Jobs;

internal sealed class JobPairVerb : ServerVerb
{
    private readonly Argument<string> _job = new("JOB") { Description = "Number of the job." };
    private readonly Option<string?> _words = VerbOptions.Text("--words", "The four words on the computer's screen, instead of being asked.", "WORDS");

    public JobPairVerb(Session session)
        : base(
            session,
            "pair",
            "Say that a computer is the one a job of a strict configuration is for: the same four words stand on its screen and here.",
            "job pair 42",
            "job pair 42 --words \"lusab babad gutih tugad\"") => Asks(_job, _words);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var job = parsed.GetRequiredValue(_job);
        var words = parsed.GetValue(_words) ?? await AskAsync(server, job, cancel);
        var paired = await server.CallAsync(JobApi.Pair, new Pairing(words), cancel, job);
        Print(parsed, paired, CliJson.Default.JobView, writer => JobText.Write(writer, paired, Session.Clock));
        return ExitCode.Done;
    }

    // Where several say they are the host, only who types the words has surely read them.
    private async Task<string> AskAsync(ServerConnection server, string job, CancellationToken cancel)
    {
        if (!Terminal.CanAsk)
        {
            throw ServerErrors.UsageWordsNeeded();
        }

        var view = await server.CallAsync(JobApi.Show, cancel, job);
        if (view.Unpaired is not { } starts)
        {
            throw ServerErrors.NobodyToPair(view.Job.HostName);
        }

        foreach (var start in starts)
        {
            await Terminal.Talk.WriteLineAsync($"{Printable.Of(view.Job.HostName)} at {Printable.Of(start.Address)}: {Printable.Of(start.Words)}");
        }

        if (starts.Count > 1)
        {
            return await Terminal.AskAsync("More than one computer says it is this host. Type the words that stand on the right one's screen:", cancel);
        }

        return await Terminal.AskAsync("The same four words stand on its screen? [yes/no]", cancel) is "yes" or "y" ? starts[0].Words : throw ServerErrors.WordsDiffer(view.Job.HostName);
    }
}
