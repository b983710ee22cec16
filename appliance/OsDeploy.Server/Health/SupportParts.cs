using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OsDeploy.Api;
using OsDeploy.Api.Helper;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Boot;
using OsDeploy.Server.Jobs;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Health;

/// <summary>What of the appliance a support bundle is made of.</summary>
internal sealed record SupportSources(
    StatusDesk Status, HealthWatch Health, BootHandlers Boot, SettingsDesk Settings, JobBoard Board, JobDesk Jobs, AuditLog Audit, DocumentStore Documents, HelperClient Helper, string HelperSocket);

/// <summary>The parts of a support bundle.</summary>
internal static class SupportParts
{
    private const int MostJobs = 200;
    private const int AuditLines = 500;
    private const int MostText = 4 << 20;

    // As long as the helper makes it.
    private const int MostJournal = 2 << 20;

    private const string Library = "/usr/lib/osdeploy/";
    private const string Installed = "/var/lib/dpkg/status";

    public static IReadOnlyList<SupportPart> Of(SupportSources from) =>
    [
        new("versions.txt", _ => Text(Versions())),
        new("status.json", async cancel => Json(await from.Status.RunAsync(cancel), ApiJson.Default.ApplianceStatus)),
        new("health.json", async cancel => Json(await from.Health.CurrentAsync(cancel), ApiJson.Default.HealthReport)),
        new("boot-state.json", _ => Task.FromResult(Json(from.Boot.State, ApiJson.Default.BootState))),
        new("boot-settings.json", _ => Task.FromResult(Json(from.Boot.Settings, ApiJson.Default.BootSettingsView))),
        new("network.json", _ => Task.FromResult(Json(from.Settings.View, ApiJson.Default.ApplianceSettingsView))),
        new("jobs.json", _ => Task.FromResult(Json([.. from.Board.Newest(MostJobs).Select(from.Jobs.View)], ApiJson.Default.IReadOnlyListJobView))),
        new("batches.json", _ => Task.FromResult(Json([.. from.Board.NewestBatches(MostJobs).Select(from.Jobs.View)], ApiJson.Default.IReadOnlyListBatchView))),
        new("audit.json", _ => Task.FromResult(Json(from.Audit.Page(before: null, AuditLines), ApiJson.Default.AuditPage))),
        new("documents.txt", _ => Text(SizesOf(from.Documents))),
        new("disks.txt", async cancel => Encoding.UTF8.GetBytes(Lines((await from.Helper.DiskHealthAsync(cancel)).Select(disk => disk.ToString())))),
        new("partitions.txt", _ => FileAsync("/proc/partitions")),
        new("mounts.txt", _ => FileAsync("/proc/self/mounts")),
        new("memory.txt", _ => FileAsync("/proc/meminfo")),
        new("sockets.txt", _ => Text(Lines((new SystemReader().Sockets() ?? []).Select(socket => socket.ToString())))),
        new("packages.txt", _ => Text(Lines(Packages()))),
        new("journal.txt", cancel => JournalAsync(from, cancel)),
    ];

    /// <summary>Names and versions out of dpkg's own file.</summary>
    internal static IEnumerable<string> PackagesIn(string status) => status.Split("\n\n")
        .Select(one => one.Split('\n')).Select(lines => (Name: Field(lines, "Package: "), Version: Field(lines, "Version: ")))
        .Where(one => one.Name is not null).Select(one => $"{one.Name} {one.Version}").Order(StringComparer.Ordinal);

    private static string? Field(string[] lines, string name) => lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

    private static IEnumerable<string> Packages() => File.Exists(Installed) ? PackagesIn(File.ReadAllText(Installed)) : ["no list of packages here"];

    private static string Versions() => Lines(
    [
        StatusDesk.Program,
        File.Exists(Library + "version") ? "medium " + File.ReadAllText(Library + "version").Trim() : "no medium of the appliance",
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors"),
    ]);

    private static string SizesOf(DocumentStore documents) => Lines(documents.Measure().Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Documents} {one.Bytes}")));

    private static async Task<byte[]> JournalAsync(SupportSources from, CancellationToken cancel)
    {
        var file = HelperProtocol.JournalOf(from.HelperSocket);
        await from.Helper.CallAsync(new JournalRequest(), cancel);
        try
        {
            return await FileAsync(file, MostJournal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // Files of the kernel do not say how long they are.
    private static async Task<byte[]> FileAsync(string path, int most = MostText)
    {
        await using var file = File.OpenRead(path);
        using var copy = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int read; copy.Length < most && (read = await file.ReadAsync(buffer)) > 0;)
        {
            await copy.WriteAsync(buffer.AsMemory(0, (int)Math.Min(read, most - copy.Length)));
        }

        return copy.ToArray();
    }

    private static byte[] Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    private static Task<byte[]> Text(string text) => Task.FromResult(Encoding.UTF8.GetBytes(text));

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
