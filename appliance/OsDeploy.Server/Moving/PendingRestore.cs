using OsDeploy.Storage;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Moving;

/// <summary>
/// A restore between its commit point, the rename of a folder to <see cref="New"/>, and the first good start with it. The start before
/// anything is opened puts each part in its place and the old one into <see cref="Before"/>; every step may be cut and is then done by the
/// next start. If the data cannot be opened, all of it is taken back the same way. Commit point of that: the rename to <see cref="Failed"/>.
/// </summary>
/// <param name="data">The data folder.</param>
/// <param name="step">Called before each step: for tests that cut there.</param>
internal sealed class PendingRestore(string data, Action? step = null)
{
    /// <summary>Complete, and put in place by the next start.</summary>
    public const string New = "restore";

    /// <summary>What it replaced.</summary>
    public const string Before = "before-restore";

    /// <summary>What was to be restored and is taken back.</summary>
    public const string Failed = "restore-failed";

    /// <summary>Versions that wait for the store to be open.</summary>
    public const string Versions = "restored-versions";

    /// <summary>What was replaced, and is being deleted.</summary>
    private const string Gone = "before-restore.tmp";

    /// <summary>Being filled; of no use after a cut.</summary>
    private const string Draft = "restore.tmp";

    // The log of the old documents goes before them: what belongs to a database must never lie beside another.
    private static readonly string[] s_replaced =
        [BackupPaths.Documents + "-wal", BackupPaths.Documents + "-shm", BackupPaths.Documents, BackupPaths.SecretKey, BackupPaths.ApplianceKey, BackupPaths.Hooks, Versions];

    public bool IsThere => Directory.Exists(PathOf(New));

    /// <summary>The daemon has yet to start well with what was restored.</summary>
    public bool IsUnproved => Directory.Exists(PathOf(Before));

    /// <summary>Has <paramref name="fill"/> fill a folder, then commits to it.</summary>
    public void Begin(Action<string> fill)
    {
        Discard();
        DurableFile.CreateFolder(PathOf(Draft));
        fill(PathOf(Draft));
        Step();
        DurableFile.Publish(PathOf(Draft), PathOf(New)); // commit point
    }

    /// <summary>Ends what was begun. Nothing may be open yet.</summary>
    /// <exception cref="UserErrorException"><c>data-in-use</c>, <c>disk-full</c>, <c>disk-write-failed</c></exception>
    public void Finish()
    {
        Delete(Draft);
        using var owned = DocumentStore.Own(PathOf(BackupPaths.Documents));
        if (Directory.Exists(PathOf(Failed)))
        {
            TakeBackNow();
        }

        if (IsThere)
        {
            PutInPlace();
        }
    }

    /// <summary>Takes all of it back: the data could not be opened. Nothing may be open.</summary>
    public void TakeBack()
    {
        using var owned = DocumentStore.Own(PathOf(BackupPaths.Documents));
        DurableFile.Publish(PathOf(Before), PathOf(Failed)); // commit point of the way back
        TakeBackNow();
    }

    /// <summary>The daemon runs with it: what was before is of no more use.</summary>
    public void Prove()
    {
        Delete(Gone);
        if (IsUnproved)
        {
            // Half of it must not be taken for all of it.
            DurableFile.Publish(PathOf(Before), PathOf(Gone));
            Delete(Gone);
        }
    }

    private void PutInPlace()
    {
        Step();
        DurableFile.CreateFolder(PathOf(Before));
        AddContents();
        foreach (var name in s_replaced)
        {
            Replace(name);
        }

        Step();
        Delete(New);
    }

    // A file of the log belongs to the documents it lies beside: once those are replaced it is the new ones'.
    private void Replace(string name)
    {
        var (fresh, place, before) = (Path.Combine(PathOf(New), name), PathOf(name), Path.Combine(PathOf(Before), name));
        var isLog = name.StartsWith(BackupPaths.Documents + "-", StringComparison.Ordinal);
        if (!Path.Exists(isLog ? Path.Combine(PathOf(New), BackupPaths.Documents) : fresh))
        {
            return;
        }

        if (Path.Exists(place) && !Path.Exists(before))
        {
            Step();
            DurableFile.Move(place, before);
        }
        else if (name == BackupPaths.Hooks)
        {
            DurableFile.CreateFolder(before); // there were none: so that there are none again if it is taken back
        }

        if (!isLog)
        {
            Step();
            DurableFile.Move(fresh, place);
        }
    }

    // By content: what has the name already is the same file.
    private void AddContents()
    {
        var from = Path.Combine(PathOf(New), BackupPaths.Contents);
        if (!Directory.Exists(from))
        {
            return;
        }

        DurableFile.CreateFolder(PathOf(BackupPaths.Contents));
        foreach (var file in Directory.GetFiles(from))
        {
            var place = Path.Combine(PathOf(BackupPaths.Contents), Path.GetFileName(file));
            if (!File.Exists(place))
            {
                File.Move(file, place);
            }
        }

        Step();
        DurableFile.SyncFolder(PathOf(BackupPaths.Contents));
        Directory.Delete(from, recursive: true);
    }

    // The other way round: documents first, and their log after them.
    private void TakeBackNow()
    {
        if (File.Exists(Path.Combine(PathOf(Failed), BackupPaths.Documents)))
        {
            DeleteAny(PathOf(BackupPaths.Documents + "-wal"));
            DeleteAny(PathOf(BackupPaths.Documents + "-shm"));
        }

        foreach (var name in Enumerable.Reverse(s_replaced))
        {
            var (old, place) = (Path.Combine(PathOf(Failed), name), PathOf(name));
            if (Path.Exists(old))
            {
                Step();
                DeleteAny(place);
                DurableFile.Move(old, place);
            }
        }

        Step();
        Delete(Versions);
        Delete(New);
        Delete(Failed);
    }

    private void Discard()
    {
        foreach (var name in new[] { Draft, Gone, Before, Failed, Versions })
        {
            Delete(name);
        }
    }

    private void Delete(string name) => DeleteAny(PathOf(name));

    private static void DeleteAny(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else if (File.Exists(path))
        {
            DurableFile.Delete(path);
        }
    }

    private string PathOf(string name) => Path.Combine(data, name);

    private void Step() => step?.Invoke();
}
