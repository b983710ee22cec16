using Mono.Unix;
using Mono.Unix.Native;

namespace OsDeploy.Storage.Documents;

/// <summary>The file of a database: made whole or not at all, readable by its owner only (it holds password hashes).</summary>
internal static class DatabaseFile
{
    private const FilePermissions OwnerOnly = FilePermissions.S_IRUSR | FilePermissions.S_IWUSR;

    // "OsDp", so that the file of another program is never taken for ours (https://www.sqlite.org/fileformat2.html, section 1.3.9).
    private const int ApplicationId = 0x4F73_4470;

    /// <summary>
    /// Makes the file if there is none. It gets its name when it is a database, so an empty file with that name is damage and no
    /// database that was just begun.
    /// </summary>
    public static void EnsureExists(string path)
    {
        RemoveLeftovers(path);
        if (File.Exists(path))
        {
            ThrowIfEmpty(path);
            ThrowIfFailed(Syscall.chmod(path, OwnerOnly), path);
            return;
        }

        if (new FileInfo(path + "-wal") is { Exists: true, Length: > 0 })
        {
            throw DataErrors.Damaged(path, "it is gone, but its log is still there");
        }

        Make(path, temporary =>
        {
            using var connection = Connection.Open(temporary, isReadOnly: false);
            _ = connection.Run($"pragma application_id={ApplicationId}");
            _ = connection.Run("pragma journal_mode=wal");
        });
    }

    /// <exception cref="UserErrorException"><c>data-damaged</c>: the file is not ours, or its structure is broken.</exception>
    public static void ThrowIfDamaged(string path, Database database)
    {
        if (database.Query("pragma application_id", row => row.Number(0)) is not [ApplicationId])
        {
            throw DataErrors.Damaged(path, "it is a database of another program");
        }

        if (!database.Query(Sql.SelectSchema, row => Sql.IsOurs(row.Text(0), row.Text(1))).TrueForAll(isOurs => isOurs))
        {
            throw DataErrors.Damaged(path, "its list of collections has entries that osdeploy never made");
        }

        var says = database.Query("pragma quick_check(1)", row => row.Text(0));
        if (says is not ["ok"])
        {
            throw DataErrors.Damaged(path, says.FirstOrDefault() ?? "no page can be read");
        }
    }

    /// <summary>Has <paramref name="write"/> fill a new private file, then gives it its name. Commit point: the rename.</summary>
    public static void Make(string path, Action<string> write)
    {
        var temporary = DurableFile.TemporaryNameFor(path);
        try
        {
            Create(temporary);
            write(temporary);
            using (var file = File.OpenHandle(temporary))
            {
                DurableFile.Sync(file, temporary);
            }

            DurableFile.Publish(temporary, path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Errors.WriteDenied(path, e);
        }
        catch (IOException e)
        {
            throw Errors.WriteFailed(path, e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>What a process that was killed left of files that had no name yet. Nobody else may be making one.</summary>
    public static void RemoveLeftovers(string path)
    {
        foreach (var leftover in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".*.tmp*"))
        {
            File.Delete(leftover);
        }
    }

    private static void Create(string path)
    {
        var descriptor = Syscall.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_CLOEXEC, OwnerOnly);
        ThrowIfFailed(descriptor, path);
        _ = Syscall.close(descriptor);
    }

    private static void ThrowIfFailed(int result, string path)
    {
        if (result >= 0)
        {
            return;
        }

        var cause = new UnixIOException(Stdlib.GetLastError());
        throw cause.ErrorCode is Errno.EACCES or Errno.EPERM ? Errors.WriteDenied(path, cause) : Errors.WriteFailed(path, cause);
    }

    private static void ThrowIfEmpty(string path)
    {
        if (new FileInfo(path).Length == 0)
        {
            throw DataErrors.Damaged(path, "it is empty");
        }
    }
}
