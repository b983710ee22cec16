using System.CommandLine;
using OsDeploy.Cli.Doctor;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs;

internal sealed class DoctorVerb : Verb
{
    private readonly Option<string?> _store = new("--store")
    {
        Description = "Look at the room in this folder.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _json = VerbOptions.Json();

    public DoctorVerb(Session session)
        : base(
            session,
            "doctor",
            "Check that this computer has what osdeploy needs, and name the fix of what is missing. Exit code 1 if something is.",
            "doctor",
            "doctor --store /mnt/usb/store") =>
        Takes(_store, _json);

    protected override Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var checks = Examination.Run(Session.Clock, parsed.GetValue(_store));
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, checks, CliJson.Default.IReadOnlyListDoctorCheck);
        }
        else
        {
            DoctorText.Write(Terminal.Output, checks);
        }

        return Task.FromResult(checks.Any(check => check.State == CheckState.Missing) ? ExitCode.Failed : ExitCode.Done);
    }
}
