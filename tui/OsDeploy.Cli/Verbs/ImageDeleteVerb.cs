using System.CommandLine;
using OsDeploy.Images;

namespace OsDeploy.Cli.Verbs;

internal sealed class ImageDeleteVerb : Verb
{
    private readonly Argument<string> _version = VerbOptions.Version();
    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<bool> _yes = VerbOptions.Yes();
    private readonly Option<bool> _json = VerbOptions.Json();

    public ImageDeleteVerb(Session session)
        : base(
            session,
            "delete",
            "Take a version off the list. `image undelete` brings it back for 72 hours; then `image prune` frees what no other version needs.",
            "image delete win11-lab@3f2a9c --store /mnt/usb/store") =>
        Takes(_version, _store, _yes, _json);

    protected override Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel) => VersionDeletion.RunAsync(
        Session,
        parsed.GetValue(_store),
        ImageKind.Image,
        ImageReference.Parse(parsed.GetRequiredValue(_version)),
        parsed.GetValue(_yes),
        parsed.GetValue(_json),
        cancel);
}
