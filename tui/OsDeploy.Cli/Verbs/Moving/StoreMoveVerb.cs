using System.CommandLine;
using OsDeploy.Cli.Output;
using OsDeploy.Cli.Progress;
using OsDeploy.Images;

namespace OsDeploy.Cli.Verbs.Moving;

/// <summary><c>store export</c> and <c>store import</c>: the images themselves, from house to house.</summary>
internal sealed class StoreMoveVerb : Verb
{
    private readonly Argument<string> _folder;
    private readonly Option<string[]> _images = VerbOptions.Texts("--image", "Only this image, or this backup of `osdeploy manual`. Default: all.", "NAME");
    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<bool> _json = VerbOptions.Json();
    private readonly bool _isExport;

    private StoreMoveVerb(Session session, bool isExport, string name, string description, params IReadOnlyList<string> examples)
        : base(session, name, description, examples)
    {
        _isExport = isExport;
        _folder = new Argument<string>("DIR") { Description = isExport ? "Folder to copy to, such as one on a USB disk; a new one becomes a store." : "Folder that `store export` wrote, or any store." };
        Takes(_folder, _images, _store, _json);
    }

    public static StoreMoveVerb Export(Session session) => new(
        session,
        true,
        "export",
        "Copy images with all their chunks into a folder, which is then a store like any other. Only what is missing there moves: cut short, it goes on where it was.",
        "store export /mnt/usb/store",
        "store export /mnt/usb/store --image win11-lab --image office");

    public static StoreMoveVerb Import(Session session) => new(
        session,
        false,
        "import",
        "Copy images with all their chunks from a folder, proving each chunk. Adds, and overwrites nothing: an image that is here keeps its current version.",
        "store import /mnt/usb/store",
        "store import /mnt/usb/store --image win11-lab");

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (folder, own) = (parsed.GetRequiredValue(_folder), parsed.GetValue(_store));
        var names = (parsed.GetValue(_images) ?? []).Select(ImageName.Parse).ToHashSet();
        await using var from = await Session.OpenStoreAsync(_isExport ? own : folder, create: false, cancel);
        if (names.Count > 0 && names.Except((await from.ListAsync(cancel)).Select(entry => entry.Image)).Any())
        {
            throw Errors.UsageNothingToCopy(from.Address); // first: a mistyped name makes no store
        }

        await using var to = _isExport ? await DestinationStore.OpenAsync(Session, folder, cancel) : await Session.OpenStoreAsync(own, create: false, cancel);
        var report = await CopyAsync(from, to, entry => names.Count == 0 || names.Contains(entry.Image), cancel);
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, report, CliJson.Default.StoreCopyReport);
        }
        else
        {
            MovingText.WriteCopy(Terminal.Output, report, to.Address);
        }

        return report.Left.Count > 0 ? ExitCode.DoneWithWarnings : ExitCode.Done;
    }

    private async Task<StoreCopyReport> CopyAsync(IImageStore from, IImageStore to, Func<VersionEntry, bool> wanted, CancellationToken cancel)
    {
        var job = new JobProgress();
        var copy = new StoreCopy(from, to, job.Begin("copy", 0));
        using var printer = new ProgressPrinter(Session, job);
        return await copy.RunAsync(wanted, _ => { }, cancel);
    }
}
