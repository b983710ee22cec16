using System.Globalization;

namespace OsDeploy.Cli;

/// <summary>A fault in osdeploy itself: what the operator sees, and the log that keeps the stack trace.</summary>
internal static class Fault
{
    public static void Report(Session session, IReadOnlyList<string> arguments, Exception fault)
    {
        var doing = Text.Printable.Of("osdeploy " + string.Join(' ', arguments));
        var log = TryWriteLog(session.Clock, doing, fault);
        session.Terminal.Talk.WriteLine($"osdeploy stopped while running `{doing}`.   [fault]");
        session.Terminal.Talk.WriteLine("This is a fault in osdeploy, not something you did; please report it together with the log.");
        session.Terminal.Talk.WriteLine(log is null ? $"No log could be written: {fault}" : $"Log: {log}");
    }

    /// <returns>Where the log is; null: none could be written.</returns>
    public static string? TryWriteLog(TimeProvider clock, string doing, Exception fault)
    {
        var now = clock.GetUtcNow();
        try
        {
            var folder = StateFolder.Create();
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"fault-{now:yyyyMMdd-HHmmss}-{Environment.ProcessId}.log"));
            File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{now:u} {doing}\n{ProgramVersion.Text}\n{fault}\n"));
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
