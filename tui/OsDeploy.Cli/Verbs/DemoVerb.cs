using System.CommandLine;
using OsDeploy.Cli.Demo;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs;

internal sealed class DemoVerb : Verb
{
    private readonly Option<string> _work = new("--work")
    {
        Description = "Folder for the disks and the store; they stay for you to play with (about 1 GiB).",
        HelpName = "DIR",
        DefaultValueFactory = _ => "/var/tmp/osdeploy-demo",
    };

    private readonly Option<bool> _json = VerbOptions.Json();

    public DemoVerb(Session session)
        : base(session, "demo", "Show the main job on two disk image files that it makes itself. Touches no disk.", "demo", "demo --work /mnt/scratch/demo") =>
        Takes(_work, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw Errors.DemoNeedsRoot();
        }

        var folder = DemoFolder.CreateEmpty(parsed.GetRequiredValue(_work));
        var result = await new Demonstration(Session, folder).RunAsync(cancel);
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, result, CliJson.Default.DemoResult);
        }
        else
        {
            DemoText.Write(Terminal.Output, result, folder, Environment.ProcessPath ?? "osdeploy");
        }

        return ExitCode.Done;
    }
}
