using OsDeploy.Cli.Output;
using OsDeploy.Images;

namespace OsDeploy.Cli;

/// <summary>Deleting a version, of an image or a manual backup: find it, ask, take it off the list.</summary>
internal static class VersionDeletion
{
    public static async Task<ExitCode> RunAsync(
        Session session, string? storeAddress, ImageKind kind, ImageReference reference, bool isYes, bool isJson, CancellationToken cancel)
    {
        var terminal = session.Terminal;
        Confirmation.RequireSomebodyToAsk(terminal, isYes, $"delete a version of {reference.Name}");
        await using var store = await session.OpenStoreAsync(storeAddress, create: false, cancel);
        var entry = reference.FindNamedIn(await store.ListAsync(cancel), kind);
        if (!isYes)
        {
            var name = $"{entry.Image}@{entry.Version.Short}";
            await terminal.Talk.WriteLineAsync($"{name}, captured {ImageText.TimeOf(entry.CapturedAt)} UTC{(entry.IsCurrent ? ", the current version" : "")}.");
            await Confirmation.RequireNameAsync(terminal, name, cancel);
        }

        var until = await store.DeleteAsync(entry.Version, cancel);
        if (isJson)
        {
            CliJson.Write(terminal.Output, new DeletedVersion(entry.Image, entry.Version, until), CliJson.Default.DeletedVersion);
        }
        else
        {
            await terminal.Output.WriteLineAsync($"Deleted {entry.Image}@{entry.Version.Short}; `osdeploy image undelete {entry.Version.Short}` brings it back until {ImageText.TimeOf(until)} UTC.");
        }

        return ExitCode.Done;
    }
}
