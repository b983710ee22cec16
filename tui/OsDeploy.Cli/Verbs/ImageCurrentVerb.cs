using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Images;

namespace OsDeploy.Cli.Verbs;

internal sealed class ImageCurrentVerb : Verb
{
    private readonly Argument<string> _version = VerbOptions.Version();
    private readonly Option<string> _store = VerbOptions.Store();

    public ImageCurrentVerb(Session session)
        : base(session, "current", "Make a version the one that a restore takes by default (roll back).", "image current win11-lab@3f2a9c --store /mnt/usb/store") =>
        Takes(_version, _store);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var store = await StoreAddress.OpenAsync(parsed.GetRequiredValue(_store), create: false, Session.Clock, cancel);
        var entry = ImageReference.Parse(parsed.GetRequiredValue(_version)).FindNamedIn(await store.ListAsync(cancel), ImageKind.Image);
        await store.SetCurrentAsync(entry.Version, cancel);
        await Terminal.Talk.WriteLineAsync($"{entry.Image}@{entry.Version.Short} is the current version now.");
        return ExitCode.Done;
    }
}
