using Mono.Unix;
using Mono.Unix.Native;
using OsDeploy.Api.Jobs;
using OsDeploy.Text;

namespace OsDeploy.Server.Hooks;

/// <summary>
/// Programs of the school that run on the appliance around its work, by fixed names in one folder. They run as the user of the daemon, with
/// nothing of its environment, and only if nobody else could have written them.
/// </summary>
internal sealed class HookFolder(string folder, TimeProvider time)
{
    /// <summary>Characters of its output that are kept, from its end.</summary>
    public const int MostOutput = 4000;

    private const int MostColumns = 500;
    private const int NotRun = -1;
    private const FilePermissions WritableByOthers = FilePermissions.S_IWGRP | FilePermissions.S_IWOTH;

    /// <summary>How long one may take.</summary>
    public static TimeSpan DeadlineOf(string hook) => hook == HookName.Check ? TimeSpan.FromMinutes(1) : hook.StartsWith(HookName.Before, StringComparison.Ordinal) ? TimeSpan.FromMinutes(4) : TimeSpan.FromMinutes(10);

    /// <param name="facts">Become its environment, each behind <c>OSDEPLOY_</c>.</param>
    /// <returns>Null: there is no such hook.</returns>
    public async Task<HookRun?> RunAsync(string hook, IReadOnlyDictionary<string, string> facts, CancellationToken cancel)
    {
        var path = Path.Combine(folder, hook);
        if (!File.Exists(path))
        {
            return null;
        }

        var begun = time.GetUtcNow();
        if (WhyNot(folder) is { } why || (why = WhyNot(path)) is not null)
        {
            return new HookRun(hook, begun, NotRun, why);
        }

        try
        {
            var command = new Command(path).WithEnvironment(facts.ToDictionary(fact => "OSDEPLOY_" + fact.Key, fact => fact.Value)).WithDeadline(DeadlineOf(hook)).Accepting(_ => true);
            var result = await command.RunAsync(cancel);
            return new HookRun(hook, begun, result.ExitCode, Shown(result.Output + result.ErrorOutput));
        }
        catch (UserErrorException e)
        {
            return new HookRun(hook, begun, NotRun, e.Message);
        }
    }

    // Who can write it is whoever the daemon would become by running it.
    private static string? WhyNot(string path) =>
        Syscall.stat(path, out var status) != 0 ? $"It was not run: {UnixMarshal.GetErrorDescription(Stdlib.GetLastError())}."
        : status.st_uid != 0 && status.st_uid != Syscall.geteuid() ? $"It was not run: {Printable.Of(path)} belongs neither to root nor to the user of the appliance."
        : (status.st_mode & WritableByOthers) != 0 ? $"It was not run: others than its owner may write {Printable.Of(path)}."
        : null;

    private static string Shown(string output)
    {
        var text = string.Join('\n', output.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(line => Printable.Of(line, MostColumns)));
        return text.Length <= MostOutput ? text : text[^MostOutput..];
    }
}

/// <summary>What files in the folder of hooks are called.</summary>
internal static class HookName
{
    /// <summary>Before a batch is started: anything but 0 stops it.</summary>
    public const string Check = "check";

    public const string Before = "before-";
    public const string After = "after-";

    /// <summary><c>before-capture</c>, <c>after-batch</c></summary>
    public static string Of(string when, JobKind kind) => when + (kind == JobKind.Capture ? "capture" : "batch");
}
