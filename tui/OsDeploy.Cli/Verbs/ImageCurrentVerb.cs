using System.CommandLine;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs;

internal sealed class ImageCurrentVerb : Verb
{
    private readonly Argument<string> _version = VerbOptions.Version();
    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<bool> _manual = VerbOptions.Manual();
    private readonly Option<bool> _json = VerbOptions.Json();

    public ImageCurrentVerb(Session session)
        : base(session, "current", "Make a version the one that a restore takes by default (roll back).", "image current win11-lab@3f2a9c --store /mnt/usb/store") =>
        Takes(_version, _store, _manual, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var store = await Session.OpenStoreAsync(parsed.GetValue(_store), create: false, cancel);
        var entry = ImageReference.Parse(parsed.GetRequiredValue(_version)).FindNamedIn(await store.ListAsync(cancel), parsed.GetKind(_manual));
        await store.SetCurrentAsync(entry.Version, cancel);
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, new NamedVersion(entry.Image, entry.Version), CliJson.Default.NamedVersion);
        }
        else
        {
            await Terminal.Output.WriteLineAsync($"{entry.Image}@{entry.Version.Short} is the current version now.");
        }

        return ExitCode.Done;
    }
}
