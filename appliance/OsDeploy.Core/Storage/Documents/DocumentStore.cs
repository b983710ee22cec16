using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace OsDeploy.Storage.Documents;

/// <summary>
/// Small JSON documents in one SQLite file, for one process. What returned is durable. Safe for many threads; each call holds the one
/// lock for as long as it takes.
/// </summary>
/// <remarks>
/// Beside FILE lie FILE-wal and FILE-shm (SQLite's log), FILE.lock and FILE.reserve. A backup is one file without companions.
/// </remarks>
public sealed class DocumentStore : IDisposable
{
    private readonly Lock _backup = new();
    private readonly string _path;
    private readonly FileLock _lock;
    private readonly Database _database;

    private DocumentStore(string path, FileLock fileLock, TimeProvider clock)
    {
        (_path, _lock) = (path, fileLock);
        _database = Database.Open(path, new Reserve(path + ".reserve", clock), change => Changed?.Invoke(this, change));
    }

    /// <summary>
    /// Raised for each document after its COMMIT, in the order of the commits, before the call that wrote it returns. A handler may
    /// use the store; it must be quick and must not throw.
    /// </summary>
    [SuppressMessage("Design", "CA1003", Justification = "A change is a value; it goes on to listeners that are no event handlers.")]
    public event EventHandler<DocumentChange>? Changed;

    /// <summary>The disk is full, and the room kept for logins, deletes and prunes is in use.</summary>
    public bool IsOnReserve => _database.IsOnReserve;

    /// <summary>Bytes of the file and its log.</summary>
    public long SizeBytes => LengthOf(_path) + LengthOf(_path + "-wal");

    /// <summary>Opens or makes a store and brings its documents to the newest version, all pending migrations in one transaction.</summary>
    /// <param name="migrations">All there ever were, ascending.</param>
    /// <exception cref="UserErrorException">
    /// <c>data-in-use</c>, <c>data-too-new</c>, <c>data-damaged</c>, <c>data-not-opened</c>, <c>disk-full</c>, <c>disk-write-failed</c>,
    /// <c>write-denied</c>
    /// </exception>
    public static DocumentStore Open(string path, IReadOnlyList<Migration> migrations, TimeProvider clock)
    {
        path = Path.GetFullPath(path);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw DataErrors.NotOpened(path, "there is no such folder");
        }

        var fileLock = FileLock.TryOwn(path + ".lock") ?? throw DataErrors.InUse(path);
        DocumentStore? store = null;
        var isOpen = false;
        try
        {
            DatabaseFile.EnsureExists(path);
            store = new DocumentStore(path, fileLock, clock);
            DatabaseFile.ThrowIfDamaged(path, store._database);
            Migrations.Run(path, store._database, migrations);
            store._database.RemakeReserveIfRoom();
            isOpen = true;
            return store;
        }
        finally
        {
            if (!isOpen)
            {
                store?._database.Dispose();
                fileLock.Dispose();
            }
        }
    }

    /// <summary>Keeps everybody from opening a store, as long as its files are moved.</summary>
    /// <exception cref="UserErrorException"><c>data-in-use</c></exception>
    public static IDisposable Own(string path) => FileLock.TryOwn(Path.GetFullPath(path) + ".lock") ?? throw DataErrors.InUse(path);

    /// <param name="name">a-z and _.</param>
    /// <param name="idOf">Names a document within the collection; never changes for the same document.</param>
    /// <exception cref="ArgumentException">The name has other characters.</exception>
    public Collection<T> GetCollection<T>(string name, JsonTypeInfo<T> type, Func<T, string> idOf)
        where T : class => new(_database, _path, name, type, idOf);

    /// <summary>
    /// Runs <paramref name="work"/> in one write transaction and returns after its COMMIT is durable. Called within another one it
    /// becomes part of that. Any exception that leaves it undoes all, also what is around it.
    /// </summary>
    /// <param name="work">Does everything on this thread before it returns.</param>
    public TResult Transact<TResult>(Func<TResult> work) => _database.Transact(_ => work());

    /// <inheritdoc cref="Transact{TResult}(Func{TResult})"/>
    public void Transact(Action work) => _database.Transact(_ =>
    {
        work();
        return true;
    });

    /// <summary>
    /// Writes a whole, checked copy of the store as it is now, while others read and write. Replaces what has the name. Commit point:
    /// the rename.
    /// </summary>
    public void BackupTo(string path)
    {
        path = Path.GetFullPath(path);
        ArgumentOutOfRangeException.ThrowIfEqual(path, _path);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw DataErrors.NotOpened(path, "there is no such folder");
        }

        lock (_backup)
        {
            DatabaseFile.RemoveLeftovers(path);
            DatabaseFile.Make(path, CopyTo);
        }
    }

    /// <summary>How many documents there are of each kind, and how long they are together.</summary>
    public IReadOnlyList<CollectionSize> Measure() =>
        [.. _database.Query(Sql.SelectCollections, row => row.Text(0)).SelectMany(name => _database.Query(Sql.MeasureCollection(name), row => new CollectionSize(name, row.Number(0), row.Number(1))))];

    /// <summary>Looks at every page, index and document, while others read and write.</summary>
    /// <returns>What is wrong, in sentences; nothing if all is good.</returns>
    public IReadOnlyList<string> Check() => StoreCheck.Of(_path);

    /// <summary>Waits for who is in it.</summary>
    public void Dispose()
    {
        _database.Dispose();
        _lock.Dispose();
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    // Not by the connection that writes: a copy of hundreds of megabytes would hold everybody up.
    private void CopyTo(string copy)
    {
        using (var connection = Connection.Open(_path, isReadOnly: true))
        {
            try
            {
                _ = connection.Run("vacuum into ?1", copy);
            }
            catch (UserErrorException e) when (e.InnerException is SqliteException { IsFull: true } full)
            {
                throw Errors.WriteFailed(copy, full); // it is the copy that has no room
            }
        }

        if (StoreCheck.Of(copy) is [var fault, ..])
        {
            throw DataErrors.Damaged(_path, fault);
        }
    }
}

/// <param name="Bytes">Of their JSON.</param>
public sealed record CollectionSize(string Name, long Documents, long Bytes);
