using System.CommandLine;

namespace OsDeploy.Cli.Verbs;

internal sealed class ImageImportVerb : Verb
{
    private readonly Argument<string> _version = VerbOptions.Version();
    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<string> _from = new("--from") { Description = "Store to copy from.", HelpName = "DIR|URL", Required = true };
    private readonly Option<bool> _manual = VerbOptions.Manual();
    private readonly Option<bool> _makeCurrent = VerbOptions.MakeCurrent();
    private readonly Option<bool> _json = VerbOptions.Json();

    public ImageImportVerb(Session session)
        : base(
            session,
            "import",
            "Copy a version from another store, proving every chunk on the way.",
            "image import win11-lab --from /mnt/usb/store --store /srv/osdeploy/store") =>
        Takes(_version, _store, _from, _manual, _makeCurrent, _json);

    protected override Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel) => VersionCopy.RunAsync(
        Session,
        parsed.GetKind(_manual),
        ImageReference.Parse(parsed.GetRequiredValue(_version)),
        parsed.GetRequiredValue(_from),
        parsed.GetValue(_store),
        parsed.GetValue(_makeCurrent),
        parsed.GetValue(_json),
        cancel);
}
