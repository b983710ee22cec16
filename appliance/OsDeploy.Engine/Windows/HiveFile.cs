using System.Runtime.InteropServices;
using Mono.Unix.Native;
using OsDeploy.Storage;

namespace OsDeploy.Windows;

/// <summary>Puts an edited hive in the place of its file.</summary>
internal static class HiveFile
{
    // Owner, rights and flags of a file on NTFS, as ntfs-3g hands them out (ntfs-3g, "Extended Attributes").
    private static readonly string[] s_ntfsAttributes = ["system.ntfs_acl", "system.ntfs_attrib"];

    private static readonly string[] s_logs = [".LOG", ".LOG1", ".LOG2"];

    /// <summary>
    /// Writes the hive beside its file, reads it again, then renames. Commit point: the rename; until then the file is as it was. After it the
    /// logs of the hive are emptied: they belong to what was there before.
    /// </summary>
    /// <param name="isAsWanted">Looks into what was written.</param>
    /// <exception cref="UserErrorException"><c>hive-unwritable</c>, <c>hive-not-kept</c>; <c>disk-full</c>, <c>disk-write-failed</c></exception>
    public static void Replace(string path, Hive hive, Predicate<Hive> isAsWanted)
    {
        var temporary = DurableFile.TemporaryNameFor(path);
        try
        {
            Create(temporary);
            hive.WriteTo(temporary);
            RequireKept(path, temporary, hive.Header, isAsWanted);
            CopyRights(path, temporary);
            DurableFile.Publish(temporary, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WindowsErrors.HiveUnwritable(path, e.Message);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }

        EmptyLogs(path);
    }

    // Accounts are in some hives: for its owner's eyes only, from the first byte on.
    private static void Create(string temporary)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using var file = new FileStream(temporary, options);
    }

    private static void RequireKept(string path, string temporary, HiveHeader before, Predicate<Hive> isAsWanted)
    {
        using var written = Reopened(path, temporary);
        if (written.Header.First == before.First || !isAsWanted(written))
        {
            throw WindowsErrors.HiveNotKept(path);
        }
    }

    private static Hive Reopened(string path, string temporary)
    {
        try
        {
            return Hive.Open(temporary, forWriting: false);
        }
        catch (UserErrorException)
        {
            throw WindowsErrors.HiveNotKept(path);
        }
    }

    private static void CopyRights(string from, string to)
    {
        if (Syscall.stat(from, out var status) == 0)
        {
            // Where the file system keeps no owners this does nothing.
            _ = Syscall.chown(to, status.st_uid, status.st_gid);
            _ = Syscall.chmod(to, status.st_mode & FilePermissions.ALLPERMS);
        }

        foreach (var name in s_ntfsAttributes)
        {
            if (Syscall.lgetxattr(from, name, out var value) > 0 && Syscall.lsetxattr(to, name, value) != 0)
            {
                throw WindowsErrors.HiveUnwritable(from, Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
            }
        }
    }

    private static void EmptyLogs(string path)
    {
        var logs = s_logs.Select(end => Path.GetFileName(path) + end).ToHashSet(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var log in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!).Where(file => logs.Contains(Path.GetFileName(file))))
            {
                using var file = new FileStream(log, FileMode.Truncate, FileAccess.Write);
                DurableFile.Sync(file.SafeFileHandle, log);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WindowsErrors.LogNotEmptied(path, e);
        }
    }
}
