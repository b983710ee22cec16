using System.CommandLine;
using OsDeploy.Cli.Output;
using OsDeploy.Images;

namespace OsDeploy.Cli.Verbs;

internal sealed class ImagePruneVerb : Verb
{
    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what would go." };
    private readonly Option<bool> _now = new("--now") { Description = "Do not wait 72 hours for deleted versions, nor 24 for interrupted captures." };
    private readonly Option<bool> _yes = VerbOptions.Yes();
    private readonly Option<bool> _json = VerbOptions.Json();

    public ImagePruneVerb(Session session)
        : base(
            session,
            "prune",
            "Free the room of chunks that no version needs any more.",
            "image prune --store /mnt/usb/store --dry-run",
            "image prune --store /mnt/usb/store --now --yes") =>
        Takes(_store, _dryRun, _now, _yes, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var options = new PruneOptions(parsed.GetValue(_now), parsed.GetValue(_dryRun));

        // Without --now only what nobody can want back goes: there is nothing to ask.
        var isAsked = options is { Now: true, DryRun: false } && !parsed.GetValue(_yes);
        Confirmation.RequireSomebodyToAsk(Terminal, !isAsked, "end the quarantine of deleted versions and remove their chunks for good");
        await using var store = await Session.OpenStoreAsync(parsed.GetValue(_store), create: false, cancel);
        if (isAsked)
        {
            ImageText.WritePrune(Terminal.Talk, await store.PruneAsync(options with { DryRun = true }, cancel), isDryRun: true);
            await Confirmation.RequireNameAsync(Terminal, "prune", cancel);
        }

        var report = await store.PruneAsync(options, cancel);
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, report, CliJson.Default.PruneReport);
        }
        else
        {
            ImageText.WritePrune(Terminal.Output, report, options.DryRun);
        }

        return ExitCode.Done;
    }
}
