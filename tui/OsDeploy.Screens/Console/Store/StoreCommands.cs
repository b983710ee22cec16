using OsDeploy.Images;
using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Console.Store;

/// <summary>The command lines that do the same.</summary>
internal static class StoreCommands
{
    public static CommandLine List(ImageKind kind) => new(kind == ImageKind.Manual ? "manual" : "image", "list");

    public static CommandLine? MakeCurrent(VersionRow? row) => row is null ? null : new CommandLine("image", "current", row.Name).Flag("--manual", row.Kind == ImageKind.Manual);

    public static CommandLine? Compare(VersionRow? first, VersionRow? second) =>
        first is null || second is null ? null : new CommandLine("image", "compare", first.Name, second.Name).Flag("--manual", first.Kind == ImageKind.Manual);

    /// <param name="only">Null: the whole store.</param>
    public static CommandLine Check(VersionRow? only) => new CommandLine("image", "check").With(only?.Name).Flag("--manual", only?.Kind == ImageKind.Manual);

    public static CommandLine? Undelete(VersionRow? row) => row is null ? null : new CommandLine("image", "undelete", row.Version.Short);

    public static CommandLine Prune(PruneOptions options) => new CommandLine("image", "prune").Flag("--dry-run", options.DryRun).Flag("--now", options.Now);

    public static CommandLine? Delete(VersionRow? row) => row is null ? null
        : row.Kind == ImageKind.Manual ? new CommandLine("manual", "delete", "--name", row.Name)
        : new CommandLine("image", "delete", row.Name);
}
