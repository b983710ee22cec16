using System.CommandLine;
using OsDeploy.Cli.Output;
using OsDeploy.Cli.Progress;
using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Cli.Verbs;

internal sealed class ImageCheckVerb : Verb
{
    private readonly Argument<string?> _version = new("NAME[@VERSION]")
    {
        Description = "Only what this image, or this version of it, needs.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<bool> _manual = VerbOptions.Manual();
    private readonly Option<bool> _json = VerbOptions.Json();

    public ImageCheckVerb(Session session)
        : base(
            session,
            "check",
            "Read and prove every chunk of a store. What is bad is put aside, and the next capture heals it. Exit code 1 if something is bad.",
            "image check --store /mnt/usb/store",
            "image check win11-lab --store /mnt/usb/store") =>
        Takes(_version, _store, _manual, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var store = await Session.OpenStoreAsync(parsed.GetValue(_store), create: false, cancel);
        VersionId? only = parsed.GetValue(_version) is { } text
            ? ImageReference.Parse(text).FindIn(await store.ListAsync(cancel), parsed.GetKind(_manual)).Version
            : null;
        var report = await CheckAsync(store, only, cancel);
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, report, CliJson.Default.CheckReport);
        }
        else
        {
            ImageText.WriteCheck(Terminal.Output, report);
        }

        return report.IsClean ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task<CheckReport> CheckAsync(IImageStore store, VersionId? only, CancellationToken cancel)
    {
        var job = new JobProgress();
        using var printer = new ProgressPrinter(Session, job);
        return await store.CheckAsync(only, job.Begin("check", 0), cancel);
    }
}
