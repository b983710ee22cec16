using System.Globalization;
using OsDeploy.Server.Moving;
using OsDeploy.Storage;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Hosting;

/// <summary>The way back when the documents cannot be opened: the newest nightly copy that can takes their place, and they are kept aside.</summary>
internal static class Recovery
{
    private const string Draft = "recovering.db";
    private const string Aside = "documents-damaged-";

    /// <returns>The copy that was taken, and where the damaged documents are.</returns>
    /// <exception cref="UserErrorException"><c>recovery-none</c>, <c>data-in-use</c>, <c>disk-full</c></exception>
    public static (string Copy, string Aside) Run(string data, TimeProvider time)
    {
        var documents = Path.Combine(data, BackupPaths.Documents);
        using var owned = DocumentStore.Own(documents);
        var backups = Path.Combine(data, "backups");
        var copies = Directory.Exists(backups) ? Directory.GetFiles(backups, "documents-*.db").OrderDescending(StringComparer.Ordinal) : Enumerable.Empty<string>();
        var copy = copies.FirstOrDefault(copy => IsWhole(copy, Path.Combine(data, Draft), time)) ?? throw HostingErrors.NothingToRecover(backups);
        var aside = Path.Combine(data, string.Create(CultureInfo.InvariantCulture, $"{Aside}{time.GetUtcNow():yyyyMMddHHmmss}"));
        DurableFile.CreateFolder(aside);
        if (File.Exists(documents))
        {
            File.Copy(documents, Path.Combine(aside, BackupPaths.Documents)); // not moved: where there are no documents a start makes new ones
        }

        foreach (var log in new[] { documents + "-wal", documents + "-shm" }.Where(File.Exists))
        {
            DurableFile.Move(log, Path.Combine(aside, Path.GetFileName(log)));
        }

        DurableFile.Publish(Path.Combine(data, Draft), documents); // commit point
        return (copy, aside);
    }

    // Looked at as a copy: opening it makes files beside it.
    private static bool IsWhole(string copy, string draft, TimeProvider time)
    {
        Clean(draft);
        File.Copy(copy, draft);
        var isWhole = false;
        try
        {
            using var store = DocumentStore.Open(draft, [], time);
            isWhole = store.Check().Count == 0;
        }
        catch (UserErrorException e) when (e.Code is "data-damaged" or "data-not-opened" or "data-too-new")
        {
            // An older one may be good.
        }

        foreach (var companion in Directory.GetFiles(Path.GetDirectoryName(draft)!, Draft + "*").Where(file => Path.GetFileName(file) != Draft))
        {
            File.Delete(companion);
        }

        if (isWhole)
        {
            using var file = File.OpenHandle(draft);
            DurableFile.Sync(file, draft);
        }

        return isWhole;
    }

    private static void Clean(string draft)
    {
        foreach (var leftover in Directory.GetFiles(Path.GetDirectoryName(draft)!, Draft + "*"))
        {
            File.Delete(leftover);
        }
    }
}
