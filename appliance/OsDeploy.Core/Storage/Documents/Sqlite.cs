using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OsDeploy.Storage.Documents;

/// <summary>The functions of libsqlite3 that the document store needs. Source: https://www.sqlite.org/c3ref/funclist.html</summary>
internal static partial class Sqlite
{
    internal const int Ok = 0;
    internal const int Error = 1;
    internal const int Permission = 3; // SQLITE_PERM
    internal const int Busy = 5;
    internal const int Memory = 7; // SQLITE_NOMEM
    internal const int ReadOnly = 8;
    internal const int InputOutput = 10; // SQLITE_IOERR
    internal const int Corrupt = 11;
    internal const int Full = 13;
    internal const int CannotOpen = 14;
    internal const int NotADatabase = 26;
    internal const int Row = 100;
    internal const int Done = 101;
    internal const int SyncFailed = InputOutput | (4 << 8); // SQLITE_IOERR_FSYNC
    internal const int FolderSyncFailed = InputOutput | (5 << 8); // SQLITE_IOERR_DIR_FSYNC

    internal const int OpenReadOnly = 0x1;
    internal const int OpenReadWrite = 0x2;
    internal const int OpenNoMutex = 0x8000; // one lock of ours stands before each connection
    internal const int OpenExtendedCodes = 0x0200_0000; // SQLITE_OPEN_EXRESCODE, since 3.37

    internal const uint PreparePersistent = 1;

    /// <summary>SQLite copies what is bound before the call returns.</summary>
    internal const nint Transient = -1;

    private const string Library = "libsqlite3.so.0";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int sqlite3_open_v2(string path, out SqliteHandle database, int flags, nint vfs);

    [LibraryImport(Library)]
    internal static partial int sqlite3_close_v2(nint database);

    [LibraryImport(Library)]
    internal static partial int sqlite3_busy_timeout(SqliteHandle database, int milliseconds);

    [LibraryImport(Library)]
    internal static partial int sqlite3_get_autocommit(SqliteHandle database);

    [LibraryImport(Library)]
    internal static partial int sqlite3_system_errno(SqliteHandle database);

    [LibraryImport(Library)]
    internal static partial nint sqlite3_errmsg(SqliteHandle database);

    [LibraryImport(Library)]
    internal static unsafe partial int sqlite3_prepare_v3(
        SqliteHandle database, byte* sql, int length, uint flags, out SqliteStatementHandle statement, nint tail);

    [LibraryImport(Library)]
    internal static partial int sqlite3_finalize(nint statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_reset(SqliteStatementHandle statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_clear_bindings(SqliteStatementHandle statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_step(SqliteStatementHandle statement);

    [LibraryImport(Library)]
    internal static unsafe partial int sqlite3_bind_text(SqliteStatementHandle statement, int index, byte* text, int length, nint destructor);

    [LibraryImport(Library)]
    internal static partial int sqlite3_bind_int64(SqliteStatementHandle statement, int index, long value);

    [LibraryImport(Library)]
    internal static unsafe partial byte* sqlite3_column_blob(SqliteStatementHandle statement, int column);

    [LibraryImport(Library)]
    internal static partial int sqlite3_column_bytes(SqliteStatementHandle statement, int column);

    [LibraryImport(Library)]
    internal static partial long sqlite3_column_int64(SqliteStatementHandle statement, int column);
}

/// <summary>A <c>sqlite3*</c>.</summary>
internal sealed class SqliteHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    // close_v2 waits for statements that are still open, so the order of finalizers does not matter.
    protected override bool ReleaseHandle() => Sqlite.sqlite3_close_v2(handle) == Sqlite.Ok;
}

/// <summary>A <c>sqlite3_stmt*</c>.</summary>
internal sealed class SqliteStatementHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    // Its result is that of the last step, which was reported then.
    protected override bool ReleaseHandle()
    {
        _ = Sqlite.sqlite3_finalize(handle);
        return true;
    }
}
