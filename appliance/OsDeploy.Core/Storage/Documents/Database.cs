using System.Collections.Concurrent;

namespace OsDeploy.Storage.Documents;

/// <summary>
/// The one connection that writes, behind one lock, and what follows a commit: changes are announced in the order of their commits,
/// outside the lock, before the call that made them returns.
/// </summary>
internal sealed class Database : IDisposable
{
    // As much as SQLite lets the log grow before it moves it into the file, with some ease.
    private const int KeptLogBytes = 8 << 20;

    private readonly Lock _gate = new();
    private readonly Lock _announcing = new();
    private readonly ConcurrentQueue<DocumentChange> _committed = new();
    private readonly Connection _connection;
    private readonly Reserve _reserve;
    private readonly Action<DocumentChange> _announce;
    private bool _isAnnouncing;
    private Transaction? _transaction;
    private UserErrorException? _fault;

    private Database(Connection connection, Reserve reserve, Action<DocumentChange> announce) =>
        (_connection, _reserve, _announce) = (connection, reserve, announce);

    public bool IsOnReserve
    {
        get
        {
            lock (_gate)
            {
                return _reserve.IsReleased;
            }
        }
    }

    /// <param name="announce">Called for each change after its commit.</param>
    public static Database Open(string path, Reserve reserve, Action<DocumentChange> announce)
    {
        try
        {
            return new Database(Connect(path), reserve, announce);
        }
        catch (UserErrorException e) when (SqliteException.IsForWantOfRoom(e))
        {
            // The log and its index take room before the first write.
            if (!reserve.Release())
            {
                throw;
            }
        }

        return new Database(Connect(path), reserve, announce);
    }

    public List<T> Query<T>(string sql, Func<Statement, T> read, params ReadOnlySpan<SqlValue> values)
    {
        lock (_gate)
        {
            ThrowIfFaulty();
            return _connection.Query(sql, read, values);
        }
    }

    /// <summary>Runs <paramref name="work"/> in a write transaction, or in the one that this thread is in already.</summary>
    public TResult Transact<TResult>(Func<Transaction, TResult> work)
    {
        TResult result;
        lock (_gate)
        {
            result = _transaction is { } outer ? Join(outer, work) : Begin(work);
        }

        Announce();
        return result;
    }

    /// <summary>Runs a statement that makes tables or indexes. Undone by a rollback they would be missed later.</summary>
    public void Define(string sql)
    {
        lock (_gate)
        {
            if (_transaction is not null)
            {
                throw new InvalidOperationException("Collections and indexes are made outside of transactions.");
            }
        }

        _ = Transact(transaction => transaction.Write(sql));
    }

    public void RemakeReserveIfRoom()
    {
        lock (_gate)
        {
            _reserve.RemakeIfRoom();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private static Connection Connect(string path)
    {
        var connection = Connection.Open(path, isReadOnly: false);
        try
        {
            if (connection.Texts("pragma journal_mode=wal") is not ["wal"])
            {
                throw DataErrors.NotOpened(path, "its file system cannot hold a write-ahead log");
            }

            _ = connection.Run("pragma synchronous=full");
            _ = connection.Run("pragma cell_size_check=on");
            _ = connection.Run($"pragma journal_size_limit={KeptLogBytes}");
            return connection;
        }
        catch (UserErrorException)
        {
            connection.Dispose();
            throw;
        }
    }

    private static TResult Join<TResult>(Transaction outer, Func<Transaction, TResult> work)
    {
        var isDone = false;
        try
        {
            var result = work(outer);
            isDone = true;
            return result;
        }
        finally
        {
            if (!isDone)
            {
                outer.Doom();
            }
        }
    }

    private TResult Begin<TResult>(Func<Transaction, TResult> work)
    {
        ThrowIfFaulty();
        var transaction = _transaction = new Transaction(_connection, _reserve);
        try
        {
            var result = work(transaction);
            transaction.Commit();
            transaction.Changes.ForEach(_committed.Enqueue);
            _reserve.RemakeIfRoom();
            return result;
        }
        catch (UserErrorException e) when (SqliteException.IsFinal(e))
        {
            _fault = e;
            throw;
        }
        finally
        {
            _transaction = null;
            transaction.RollBack();
        }
    }

    // An fsync that failed is final for the file (DurableFile): nothing is read or written any more.
    private void ThrowIfFaulty()
    {
        if (_fault is { } fault)
        {
            throw new UserErrorException(fault.Code, fault.Message, fault.Hint, fault);
        }
    }

    // Not under the gate: who hears of a change may read and write. One at a time, or their order would be lost.
    private void Announce()
    {
        if (_gate.IsHeldByCurrentThread)
        {
            return;
        }

        lock (_announcing)
        {
            if (_isAnnouncing)
            {
                return;
            }

            _isAnnouncing = true;
            try
            {
                while (_committed.TryDequeue(out var change))
                {
                    _announce(change);
                }
            }
            finally
            {
                _isAnnouncing = false;
            }
        }
    }
}
