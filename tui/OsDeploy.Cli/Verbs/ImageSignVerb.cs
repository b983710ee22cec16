using System.CommandLine;
using OsDeploy.Cli.Output;
using OsDeploy.Images;

namespace OsDeploy.Cli.Verbs;

internal sealed class ImageSignVerb : Verb
{
    private readonly Argument<string> _version = VerbOptions.Version();
    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<bool> _manual = VerbOptions.Manual();
    private readonly Option<string> _key = new("--key") { Description = "Private ECDSA P-256 key.", HelpName = "KEY.pem", Required = true };
    private readonly Option<bool> _json = VerbOptions.Json();

    public ImageSignVerb(Session session)
        : base(
            session,
            "sign",
            "Sign a version, so that `restore --require-signature` accepts it.",
            "image sign win11-lab@3f2a9c --store /mnt/usb/store --key school.pem") =>
        Takes(_version, _store, _manual, _key, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var key = KeyFile.ReadPrivate(parsed.GetRequiredValue(_key));
        await using var store = await Session.OpenStoreAsync(parsed.GetValue(_store), create: false, cancel);
        var entry = ImageReference.Parse(parsed.GetRequiredValue(_version)).FindIn(await store.ListAsync(cancel), parsed.GetKind(_manual));
        var manifest = await store.ReadManifestAsync(entry.Version, cancel);

        // A version is committed again with its signature: the same bytes under the same name, and every chunk is looked for once more.
        await using var lease = await store.BeginCaptureAsync(entry.Kind, entry.Image, cancel);
        var missing = await lease.CommitAsync(manifest, ManifestSignature.Sign(entry.Version, key), makeCurrent: false, cancel);
        if (missing.Count > 0)
        {
            throw Errors.SignIncomplete(entry, missing.Count);
        }

        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, new NamedVersion(entry.Image, entry.Version), CliJson.Default.NamedVersion);
        }
        else
        {
            await Terminal.Output.WriteLineAsync($"Signed {entry.Image}@{entry.Version.Short}.");
        }

        return ExitCode.Done;
    }
}
