using System.CommandLine;
using OsDeploy.Cli.Output;
using OsDeploy.Disks;

namespace OsDeploy.Cli.Verbs;

internal sealed class DiskListVerb : Verb
{
    private readonly Option<bool> _json = VerbOptions.Json();

    public DiskListVerb(Session session)
        : base(session, "list", "List the disks of this computer and say which are in use.", "disk list", "disk list --json") => Takes(_json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var disks = await DiskInspector.ListAsync(cancel);
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, disks, CliJson.Default.IReadOnlyListDiskIdentity);
        }
        else
        {
            DiskText.WriteList(Terminal.Output, disks);
        }

        return ExitCode.Done;
    }
}
