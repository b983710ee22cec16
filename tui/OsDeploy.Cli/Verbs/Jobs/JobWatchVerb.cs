using System.CommandLine;
using OsDeploy.Api;

namespace OsDeploy.Cli.Verbs.Jobs;

internal sealed class JobWatchVerb : ServerVerb
{
    private readonly Argument<string?> _batch = new("BATCH") { Description = "Number of the batch. Default: the newest.", Arity = ArgumentArity.ZeroOrOne };

    public JobWatchVerb(Session session)
        : base(
            session,
            "watch",
            "Show how the hosts of a batch get on until the last has ended. Exit code 0 if all were verified, 3 with warnings, 1 if one failed or was skipped.",
            "job watch",
            "job watch 12") =>
        Asks(_batch);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var batch = parsed.GetValue(_batch) ?? await NewestAsync(server, cancel);
        using var patient = Session.ConnectPatiently(server.Address);
        return await new BatchWatch(Session, patient, batch).RunAsync(IsJson(parsed), cancel);
    }

    private static async Task<string> NewestAsync(ServerConnection server, CancellationToken cancel) =>
        await server.AskAsync(JobApi.ListBatches, [("count", "1")], cancel) is [var newest, ..] ? newest.Batch.Id : throw ServerErrors.NoBatches();
}
