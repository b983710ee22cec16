using System.Runtime.InteropServices;
using System.Text;
using Mono.Unix.Native;

namespace OsDeploy.Storage.Documents;

/// <summary>
/// One connection to a database file, for one thread at a time. Nothing else may open the file by name while a connection is open:
/// closing that descriptor would drop SQLite's locks (https://www.sqlite.org/howtocorrupt.html, section 2.2).
/// </summary>
internal sealed class Connection : IDisposable
{
    private const int BusyMilliseconds = 5000;

    private readonly SqliteHandle _handle;
    private readonly string _path;
    private readonly Dictionary<string, Statement> _statements = [];

    private Connection(string path, SqliteHandle handle) => (_path, _handle) = (path, handle);

    public bool IsInTransaction => Sqlite.sqlite3_get_autocommit(_handle) == 0;

    /// <param name="path">Full path of a file that exists; an empty one is a new database.</param>
    /// <exception cref="UserErrorException">As of <see cref="ErrorOf(int)"/>.</exception>
    public static Connection Open(string path, bool isReadOnly)
    {
        var flags = (isReadOnly ? Sqlite.OpenReadOnly : Sqlite.OpenReadWrite) | Sqlite.OpenNoMutex | Sqlite.OpenExtendedCodes;
        var code = Sqlite.sqlite3_open_v2(path, out var handle, flags, vfs: 0);
        var connection = new Connection(path, handle);
        try
        {
            connection.ThrowIfFailed(code);
            connection.ThrowIfFailed(Sqlite.sqlite3_busy_timeout(handle, BusyMilliseconds));
            return connection;
        }
        catch (UserErrorException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement to its end.</summary>
    /// <returns>The number in its first column and row, or null if it has no row.</returns>
    public long? Run(string sql, params ReadOnlySpan<SqlValue> values)
    {
        var statement = Prepare(sql);
        try
        {
            statement.Bind(values);
            var first = statement.Step() ? statement.Number(0) : (long?)null;
            for (var hasMore = first is not null; hasMore; hasMore = statement.Step())
            {
                // A change is complete only behind its last row.
            }

            return first;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <param name="read">Makes something of a row. It must not use this connection.</param>
    public List<T> Query<T>(string sql, Func<Statement, T> read, params ReadOnlySpan<SqlValue> values)
    {
        var statement = Prepare(sql);
        try
        {
            statement.Bind(values);
            var rows = new List<T>();
            while (statement.Step())
            {
                rows.Add(read(statement));
            }

            return rows;
        }
        finally
        {
            statement.Reset();
        }
    }

    public List<string> Texts(string sql, params ReadOnlySpan<SqlValue> values) => Query(sql, row => row.Text(0), values);

    public void ThrowIfFailed(int code)
    {
        if (code != Sqlite.Ok)
        {
            throw ErrorOf(code);
        }
    }

    /// <returns>
    /// <c>disk-full</c>, <c>disk-write-failed</c>, <c>write-denied</c>, <c>data-damaged</c>, <c>data-in-use</c>, <c>data-not-opened</c>; or,
    /// for what nobody but a programmer can mend, an <see cref="InvalidOperationException"/>.
    /// </returns>
    public Exception ErrorOf(int code)
    {
        var error = NativeConvert.TryToErrno(Sqlite.sqlite3_system_errno(_handle), out var known) ? known : Errno.EIO;
        var message = Marshal.PtrToStringUTF8(Sqlite.sqlite3_errmsg(_handle)) ?? "unknown error";
        return Sentence(new SqliteException(code, error, $"{message} (SQLite {code}, {error})"));
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        _handle.Dispose();
    }

    private Exception Sentence(SqliteException cause) => cause.Kind switch
    {
        _ when cause.IsFull => Errors.WriteFailed(_path, cause),
        Sqlite.Corrupt or Sqlite.NotADatabase => DataErrors.Damaged(_path, cause.Message, cause),
        Sqlite.Error when IsDamage(cause) => DataErrors.Damaged(_path, cause.Message, cause),
        Sqlite.Busy => DataErrors.InUse(_path, cause),
        Sqlite.ReadOnly or Sqlite.Permission => Errors.WriteDenied(_path, cause),
        Sqlite.CannotOpen when cause.Error is Errno.EACCES or Errno.EPERM or Errno.EROFS => Errors.WriteDenied(_path, cause),
        Sqlite.CannotOpen => DataErrors.NotOpened(_path, cause.Message, cause),
        Sqlite.InputOutput => Errors.WriteFailed(_path, cause),
        Sqlite.Memory => new InsufficientMemoryException(cause.Message, cause),
        _ => new InvalidOperationException(cause.Message, cause),
    };

    // These have no code of their own: a document, none of which is written but as JSON, and the head of the file.
    private static bool IsDamage(SqliteException cause) =>
        cause.Message.StartsWith("malformed JSON", StringComparison.Ordinal) || cause.Message.StartsWith("unsupported file format", StringComparison.Ordinal);

    private unsafe Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var known))
        {
            return known;
        }

        var utf8 = Encoding.UTF8.GetBytes(sql);
        fixed (byte* bytes = utf8)
        {
            var code = Sqlite.sqlite3_prepare_v3(_handle, bytes, utf8.Length, Sqlite.PreparePersistent, out var handle, tail: 0);
            ThrowIfFailed(code);
            return _statements[sql] = new Statement(this, handle);
        }
    }
}
