using System.CommandLine;
using OsDeploy.Images;

namespace OsDeploy.Cli.Verbs;

internal sealed class ManualDeleteVerb : Verb
{
    private readonly Option<string> _name = VerbOptions.ManualName(withVersion: true);
    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<bool> _yes = VerbOptions.Yes();
    private readonly Option<bool> _json = VerbOptions.Json();

    public ManualDeleteVerb(Session session)
        : base(session, "delete", "Take a backup off the list. `image undelete` brings it back for 72 hours.", "manual delete --store /mnt/usb/store --name office-c") =>
        Takes(_store, _name, _yes, _json);

    protected override Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel) => VersionDeletion.RunAsync(
        Session,
        parsed.GetValue(_store),
        ImageKind.Manual,
        ImageReference.Parse(parsed.GetRequiredValue(_name)),
        parsed.GetValue(_yes),
        parsed.GetValue(_json),
        cancel);
}
