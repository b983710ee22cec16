using System.CommandLine;
using OsDeploy.Cli.Output;
using OsDeploy.Images;

namespace OsDeploy.Cli.Verbs;

/// <summary><c>image list</c> and <c>manual list</c>.</summary>
internal sealed class ImageListVerb : Verb
{
    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<bool> _json = VerbOptions.Json();
    private readonly ImageKind _kind;

    public ImageListVerb(Session session, ImageKind kind)
        : base(session, "list", "List the versions in a store; * marks the one a restore takes by default.", $"{Groups.NameOf(kind)} list --store /mnt/usb/store")
    {
        _kind = kind;
        Takes(_store, _json);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var store = await Session.OpenStoreAsync(parsed.GetValue(_store), create: false, cancel);
        var versions = new List<ListedVersion>();
        foreach (var entry in (await store.ListAsync(cancel)).Where(entry => entry.Kind == _kind))
        {
            versions.Add(new ListedVersion(entry.Image, entry.Version, entry.CapturedAt, entry.IsCurrent, entry.IsSigned, entry.DamagedChunks,
                await UsedBytesAsync(store, entry.Version, cancel)));
        }

        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, versions, CliJson.Default.IReadOnlyListListedVersion);
        }
        else
        {
            ImageText.WriteList(Terminal.Output, versions);
        }

        return ExitCode.Done;
    }

    private static async Task<long?> UsedBytesAsync(IImageStore store, VersionId version, CancellationToken cancel)
    {
        try
        {
            var manifest = Manifest.Parse(await store.ReadManifestAsync(version, cancel));
            return manifest.Disks.Sum(disk => (disk.Head?.UsedBytes ?? 0) + disk.Partitions.Sum(partition => partition.Region?.UsedBytes ?? 0));
        }
        catch (Exception e) when (e is FormatException or UserErrorException { Code: "version-damaged" })
        {
            return null; // The list must show a damaged version too.
        }
    }
}
