using System.Globalization;
using Microsoft.Extensions.Logging;
using OsDeploy.Server.Hosting;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Appliance;

/// <summary>
/// A checked copy of the documents for each of the last seven days, beside them: what an operator deleted yesterday can be looked up, and
/// a damaged database has a way back. Images need none: their manifests say all there is to know.
/// </summary>
/// <param name="folder">Made here.</param>
internal sealed class NightlyBackup(DocumentStore documents, string folder, Alarms alarms, TimeProvider time, ILogger<NightlyBackup> log)
    : PeriodicWork(s_look, time, log)
{
    private const int Kept = 7;
    private const string AlarmCode = "backup-failed";

    private static readonly TimeSpan s_look = TimeSpan.FromHours(1);

    private readonly TimeProvider _time = time;

    /// <summary>Makes today's copy if there is none yet, and drops the oldest.</summary>
    /// <returns>The copy; null: today's is there already, or the disk has no room for one.</returns>
    public string? RunIfDue()
    {
        var copy = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"documents-{_time.GetUtcNow():yyyyMMdd}.db"));
        if (File.Exists(copy) || documents.IsOnReserve)
        {
            return null;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        documents.BackupTo(copy);
        foreach (var old in Directory.GetFiles(folder, "documents-*.db").OrderDescending(StringComparer.Ordinal).Skip(Kept))
        {
            File.Delete(old);
        }

        alarms.Dismiss(AlarmCode);
        return copy;
    }

    protected override Task RunAsync(CancellationToken stopping)
    {
        try
        {
            RunIfDue();
        }
        catch (Exception e) when (e is UserErrorException or IOException or UnauthorizedAccessException)
        {
            alarms.Raise(AlarmCode, $"The nightly copy of the documents failed: {e.Message}", "Look at the disk of the data folder; `osdeploy backup create FILE` makes one by hand.", host: null, job: null);
            throw;
        }

        return Task.CompletedTask;
    }
}
