using System.CommandLine;

namespace OsDeploy.Cli.Verbs;

internal sealed class ImageExportVerb : Verb
{
    private readonly Argument<string> _version = VerbOptions.Version();
    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<string> _to = new("--to") { Description = "Store to copy to; a new folder becomes one.", HelpName = "DIR|URL", Required = true };
    private readonly Option<bool> _manual = VerbOptions.Manual();
    private readonly Option<bool> _makeCurrent = VerbOptions.MakeCurrent();
    private readonly Option<bool> _json = VerbOptions.Json();

    public ImageExportVerb(Session session)
        : base(
            session,
            "export",
            "Copy a version to another store, moving only the chunks that it lacks.",
            "image export win11-lab --store /srv/osdeploy/store --to /mnt/usb/store",
            "image export office-c --manual --store /srv/osdeploy/store --to /mnt/usb/store") =>
        Takes(_version, _store, _to, _manual, _makeCurrent, _json);

    protected override Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel) => VersionCopy.RunAsync(
        Session,
        parsed.GetKind(_manual),
        ImageReference.Parse(parsed.GetRequiredValue(_version)),
        parsed.GetValue(_store),
        parsed.GetRequiredValue(_to),
        parsed.GetValue(_makeCurrent),
        parsed.GetValue(_json),
        cancel);
}
