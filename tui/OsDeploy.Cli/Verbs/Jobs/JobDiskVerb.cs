using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Jobs;

internal sealed class JobDiskVerb : ServerVerb
{
    private readonly Argument<string> _job = new("JOB") { Description = "Number of the job." };
    private readonly Argument<string[]> _disks = new("SERIAL")
    {
        Description = "Serial number or WWN of a disk of the host, one for each disk of the image, in its order; `osdeploy host show` lists them.",
        Arity = ArgumentArity.OneOrMore,
    };

    public JobDiskVerb(Session session)
        : base(session, "disk", "Say which disks of the host a job means, when it cannot tell by itself.", "job disk 42 S64ANX0T", "job disk 42 S64ANX0T WD-WX32") => Asks(_job, _disks);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        // The appliance looks the rest up: a disk is known by its serial number alone.
        var disks = parsed.GetRequiredValue(_disks).Select((serial, i) => new DiskBinding(i + 1, serial, null, null, 0));
        var job = await server.CallAsync(JobApi.ChooseDisks, new DiskChoice([.. disks]), cancel, parsed.GetRequiredValue(_job));
        Print(parsed, job, CliJson.Default.JobView, writer => JobText.Write(writer, job, Session.Clock));
        return ExitCode.Done;
    }
}
