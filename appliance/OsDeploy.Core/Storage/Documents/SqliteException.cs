using Mono.Unix.Native;

namespace OsDeploy.Storage.Documents;

/// <summary>What SQLite said. It is the cause of the <see cref="UserErrorException"/> that leaves the store.</summary>
/// <param name="code">Extended result code, https://www.sqlite.org/rescode.html.</param>
/// <param name="error">errno of the system call that failed, or 0.</param>
internal sealed class SqliteException(int code, Errno error, string message) : IOException(message, HResultOf(code, error))
{
    public int Code => code;

    /// <summary>The code without its extension.</summary>
    public int Kind => code & 0xFF;

    public Errno Error => error;

    /// <summary>Whether the disk has no room. Only a failed write(2) becomes SQLITE_FULL; to make or grow a file fails otherwise.</summary>
    public bool IsFull => IsFullCode(code, error);

    // Nobody knows what the kernel dropped.
    private bool IsSyncFailure => code is Sqlite.SyncFailed or Sqlite.FolderSyncFailed;

    /// <summary>Whether it can be tried again with more room. Not after an fsync that failed.</summary>
    public static bool IsForWantOfRoom(UserErrorException error) => error.InnerException is SqliteException { IsFull: true, IsSyncFailure: false };

    public static bool IsFinal(UserErrorException error) => error.InnerException is SqliteException { IsSyncFailure: true };

    // As .NET does for its own calls, so that Errors.WriteFailed tells a full disk from a failing one.
    private static int HResultOf(int code, Errno error) =>
        NativeConvert.FromErrno(IsFullCode(code, error) ? Errno.ENOSPC : error == 0 ? Errno.EIO : error);

    private static bool IsFullCode(int code, Errno error) => (code & 0xFF) switch
    {
        Sqlite.Full => true,
        Sqlite.InputOutput or Sqlite.CannotOpen => error is Errno.ENOSPC or Errno.EDQUOT,
        _ => false,
    };
}
