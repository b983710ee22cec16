using OsDeploy.Api;
using OsDeploy.Images;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Configurations;

/// <summary>What can be done with versions.</summary>
internal static class VersionActions
{
    /// <summary>Makes it the one a restore takes when none is named.</summary>
    public static FormModel MakeCurrent(ConsoleContext context, VersionEntry entry) => new(
        Language.Fill(Words.Configurations.CurrentTitle, NameOf(entry)),
        [new InfoEntry("meaning", () => Words.Configurations.CurrentMeaning)],
        new FormAction("current", Words.Configurations.MakeCurrent, cancel => DoAsync(context, store => store.SetCurrentAsync(entry.Version, cancel), cancel)) { IsDestructive = true })
    {
        Equivalent = () => [new CommandLine("image", "current", NameOf(entry)).Flag("--manual", entry.Kind == ImageKind.Manual)],
    };

    /// <summary>Takes it off the list. It can come back for three days, then its room is freed.</summary>
    public static async Task<FormModel> DeleteAsync(ConsoleContext context, VersionEntry entry, CancellationToken cancel)
    {
        var weight = await context.Session.AskAsync(ApplianceApi.Weigh, "only=true", cancel, entry.Version.ToString());
        return new FormModel(
            Language.Fill(Words.Configurations.DeleteVersionTitle, NameOf(entry)),
            [
                new InfoEntry("loss", () => Words.Configurations.DeleteVersionLoss) { IsWarning = true },
                new InfoEntry("frees", () => Language.Fill(Words.Configurations.DeleteVersionFrees, Sizes.Of(weight.Only ?? 0))),
                Confirmation.Demand(() => entry.Version.Short),
                Confirmation.Field(() => entry.Version.Short),
            ],
            new FormAction("delete", Words.Common.Delete, done => context.Session.AskStoreAsync(store => store.DeleteAsync(entry.Version, done), done)) { IsDestructive = true })
        {
            Equivalent = () => [entry.Kind == ImageKind.Manual
                ? new CommandLine("manual", "delete", "--name", NameOf(entry), "--yes")
                : new CommandLine("image", "delete", NameOf(entry), "--yes")],
        };
    }

    /// <summary>Brings a deleted version back.</summary>
    public static async Task<FormModel> UndeleteAsync(ConsoleContext context, TimeZoneInfo zone, CancellationToken cancel)
    {
        var deleted = await context.Session.CallAsync(ApplianceApi.ListDeleted, cancel);
        var version = new ChoiceEntry(
            "version",
            Words.Configurations.DeletedVersion,
            [.. deleted.Select(one => new Choice(one.Version.ToString(), $"{one.Image?.ToString() ?? "?"}@{one.Version.Short}", Language.Fill(Words.Configurations.EndsAt, Times.Of(one.EndsAt, zone))))]);
        return new FormModel(
            Words.Configurations.UndeleteTitle,
            [version],
            new FormAction("undelete", Words.Configurations.Undelete, done => DoAsync(context, store => store.UndeleteAsync(deleted.First(one => one.Version.ToString() == version.Value).Version, done), done)))
        {
            Equivalent = () => version.Value is { } chosen ? [new CommandLine("image", "undelete", chosen[..12])] : [],
        };
    }

    /// <summary>How two versions differ, as lines.</summary>
    public static async Task<IReadOnlyList<string>> CompareAsync(ConsoleContext context, VersionEntry first, VersionEntry second, CancellationToken cancel)
    {
        var answer = await context.Session.CallAsync(ApplianceApi.Compare, cancel, first.Version.ToString(), second.Version.ToString());
        return
        [
            Language.Fill(Words.Configurations.CompareShared, Sizes.Of(answer.Shared)),
            Language.Fill(Words.Configurations.CompareOnly, NameOf(first), Sizes.Of(answer.OnlyFirst)),
            Language.Fill(Words.Configurations.CompareOnly, NameOf(second), Sizes.Of(answer.OnlySecond)),
            .. answer.Differences,
        ];
    }

    public static CommandLine CompareCommand(VersionEntry first, VersionEntry second) =>
        new CommandLine("image", "compare", NameOf(first), NameOf(second)).Flag("--manual", first.Kind == ImageKind.Manual);

    /// <summary><c>win11@3f2a9c0d1e2f</c></summary>
    public static string NameOf(VersionEntry entry) => $"{entry.Image}@{entry.Version.Short}";

    private static async Task DoAsync(ConsoleContext context, Func<HttpImageStore, Task> work, CancellationToken cancel) => await context.Session.AskStoreAsync(
        async store =>
        {
            await work(store);
            return true;
        },
        cancel);
}
