using System.CommandLine;
using System.Text;
using OsDeploy.Cli.Output;
using OsDeploy.Images;

namespace OsDeploy.Cli.Verbs;

internal sealed class ImageShowVerb : Verb
{
    private readonly Argument<string> _version = VerbOptions.Version();
    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<bool> _manual = VerbOptions.Manual();
    private readonly Option<bool> _json = VerbOptions.Json();

    public ImageShowVerb(Session session)
        : base(
            session,
            "show",
            "Show what a version holds. --json prints its manifest byte for byte: its SHA-256 is the version's name.",
            "image show win11-lab --store /mnt/usb/store",
            "image show win11-lab@3f2a9c --store /mnt/usb/store --json | sha256sum") =>
        Takes(_version, _store, _manual, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var store = await Session.OpenStoreAsync(parsed.GetValue(_store), create: false, cancel);
        var entry = ImageReference.Parse(parsed.GetRequiredValue(_version)).FindIn(await store.ListAsync(cancel), parsed.GetKind(_manual));
        var bytes = await store.ReadManifestAsync(entry.Version, cancel);
        if (parsed.GetValue(_json))
        {
            await Terminal.Output.WriteAsync(Encoding.UTF8.GetString(bytes));
        }
        else
        {
            ImageText.WriteManifest(Terminal.Output, entry, Manifest.Parse(bytes));
        }

        return entry.DamagedChunks == 0 ? ExitCode.Done : ExitCode.DoneWithWarnings;
    }
}
