using System.Globalization;
using System.Text.Json;
using OsDeploy.Storage;
using OsDeploy.Text;

namespace OsDeploy.Images.Folder;

/// <summary>Content of a lease's file: who captures what. The file's time is the lease's last sign of life.</summary>
internal sealed record LeaseRecord(ImageKind Kind, string Image, string Computer, int ProcessId, DateTimeOffset Began)
{
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"a capture of {Printable.Of(Image)} by {Printable.Of(Computer)}, begun {Began.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}

/// <summary>Captures under way, and those that died: their chunks are kept for a day after the last sign of life.</summary>
internal sealed class LeaseFiles(StoreFolder folder, TimeProvider time)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(24);

    /// <returns>Path of the lease's file.</returns>
    public string Begin(ImageKind kind, ImageName image)
    {
        var path = Path.Combine(folder.Leases, Guid.NewGuid().ToString("N") + ".json");
        var record = new LeaseRecord(kind, image.ToString(), Environment.MachineName, Environment.ProcessId, time.GetUtcNow());
        DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(record, StoreJson.Default.LeaseRecord), overwrite: false);
        Touch(path);
        return path;
    }

    public void Touch(string path) => File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);

    public IReadOnlyList<LeaseRecord> Unexpired() => [.. Paths().Where(path => !IsExpired(path)).Select(Read)];

    public void DeleteAll()
    {
        foreach (var path in Paths())
        {
            DurableFile.Delete(path);
        }
    }

    private IEnumerable<string> Paths() => Directory.EnumerateFiles(folder.Leases, "*.json");

    private bool IsExpired(string path) => File.GetLastWriteTimeUtc(path) + s_lifetime <= time.GetUtcNow().UtcDateTime;

    // A lease that cannot be read protects all the same.
    private static LeaseRecord Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), StoreJson.Default.LeaseRecord) ?? Unknown(path);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return Unknown(path);
        }
    }

    private static LeaseRecord Unknown(string path) => new(ImageKind.Image, "an unknown image", "an unknown computer", 0, File.GetLastWriteTimeUtc(path));
}
