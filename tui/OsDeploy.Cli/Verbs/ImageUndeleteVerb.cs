using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;
using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Cli.Verbs;

internal sealed class ImageUndeleteVerb : Verb
{
    private const int MinPrefix = 6;

    private readonly Argument<string> _version = new("VERSION") { Description = "Deleted version, as `osdeploy image prune --dry-run` names it (at least 6 digits)." };
    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<bool> _json = VerbOptions.Json();

    public ImageUndeleteVerb(Session session)
        : base(
            session,
            "undelete",
            "Put a deleted version, of an image or a backup, back on the list. It can come back for 72 hours, until a prune ends that.",
            "image undelete 3f2a9c --store /mnt/usb/store") =>
        Takes(_version, _store, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var text = parsed.GetRequiredValue(_version);
        if (text.Length < MinPrefix || !text.All(char.IsAsciiHexDigit))
        {
            throw Errors.UsageDeletedVersion(text);
        }

        await using var store = await Session.OpenStoreAsync(parsed.GetValue(_store), create: false, cancel);
        var version = VersionId.TryParse(text, out var whole) ? whole : await FindAsync(store, parsed.GetValue(_store), text, cancel);
        await store.UndeleteAsync(version, cancel);
        var entry = (await store.ListAsync(cancel)).First(entry => entry.Version == version);
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, new NamedVersion(entry.Image, version), CliJson.Default.NamedVersion);
        }
        else
        {
            await Terminal.Output.WriteLineAsync($"{entry.Image}@{version.Short} is back{(entry.IsCurrent ? ", as the current version" : "")}.");
        }

        return ExitCode.Done;
    }

    private async Task<VersionId> FindAsync(IImageStore store, string? address, string prefix, CancellationToken cancel)
    {
        var deleted = store is FolderImageStore folder ? VersionsOf(await folder.ListDeletedAsync(cancel)) : await AskAsync(address, cancel);
        var matches = deleted.Where(version => version.ToString().StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).ToList();
        return matches is [var one] ? one : throw Errors.DeletedVersionUnknown(prefix, deleted);
    }

    private async Task<List<VersionId>> AskAsync(string? address, CancellationToken cancel)
    {
        using var server = Session.Connect(Session.StoreOf(address));
        return VersionsOf(await server.CallAsync(ApplianceApi.ListDeleted, cancel));
    }

    private static List<VersionId> VersionsOf(IEnumerable<Api.Appliance.DeletedVersion> deleted) => [.. deleted.Select(one => one.Version)];
}
