using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Jobs;

internal sealed class JobSettingsVerb : ServerVerb
{
    private readonly Option<int?> _retries = VerbOptions.Number("--retries", "How often a restore or capture is tried again by itself that failed for a reason which may pass; 0: never.", 0, JobSettings.MostRetries);

    public JobSettingsVerb(Session session)
        : base(session, "settings", "Show or change what holds for all jobs.", "job settings", "job settings --retries 2") => Asks(_retries);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var settings = parsed.GetValue(_retries) is { } retries
            ? await server.CallAsync(JobApi.ChangeSettings, new JobSettings(retries), cancel)
            : await server.CallAsync(JobApi.Settings, cancel);
        Print(parsed, settings, CliJson.Default.JobSettings, writer => JobText.Write(writer, settings));
        return ExitCode.Done;
    }
}
