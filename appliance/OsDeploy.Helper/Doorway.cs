using System.Net.Sockets;
using Mono.Unix.Native;

namespace OsDeploy.Helper;

/// <summary>The socket's place in the file system.</summary>
internal static class Doorway
{
    private const FilePermissions OwnerAndGroup =
        FilePermissions.S_IRUSR | FilePermissions.S_IWUSR | FilePermissions.S_IRGRP | FilePermissions.S_IWGRP;

    /// <summary>
    /// Listens at a path that only root and one user can open. Disposing the socket removes the path (.NET does that for a
    /// bound Unix socket). What a helper that was killed left there is replaced.
    /// </summary>
    /// <exception cref="UserErrorException"><c>socket-in-use</c>, <c>socket-not-made</c></exception>
    public static Socket Open(string path, uint owner)
    {
        RemoveAbandoned(path);
        var socket = NewSocket();
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));

            // Nobody can connect before Listen, so nobody meets it with another mode or owner.
            Close(path, owner);
            socket.Listen();
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw Errors.SocketNotMade(path, e.Message, e);
        }
        catch (UserErrorException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A folder that one user fills and everybody may read. One that is there is left as it is, whoever owns it.</summary>
    public static void MakeFolder(string path, uint owner)
    {
        if (Syscall.mkdir(path, FilePermissions.S_IRWXU | FilePermissions.S_IRGRP | FilePermissions.S_IXGRP | FilePermissions.S_IROTH | FilePermissions.S_IXOTH) == 0 && owner != Syscall.geteuid())
        {
            _ = Syscall.lchown(path, owner, Syscall.getegid());
        }
    }

    // Never through a link: root could be led to another file. Not by umask, which every thread of a program shares.
    private static void Close(string path, uint owner)
    {
        var isClosed = Syscall.fchmodat(Syscall.AT_FDCWD, path, OwnerAndGroup, AtFlags.AT_SYMLINK_NOFOLLOW) == 0
            && (owner == Syscall.geteuid() || Syscall.lchown(path, owner, Syscall.getegid()) == 0);
        if (!isClosed)
        {
            throw Errors.SocketNotMade(path, Stdlib.strerror(Stdlib.GetLastError()));
        }
    }

    private static void RemoveAbandoned(string path)
    {
        if (Syscall.lstat(path, out var found) != 0)
        {
            return;
        }

        if ((found.st_mode & FilePermissions.S_IFMT) != FilePermissions.S_IFSOCK)
        {
            throw Errors.SocketNotMade(path, "something that is not a socket lies there");
        }

        if (IsAnswered(path))
        {
            throw Errors.SocketInUse(path);
        }

        _ = Syscall.unlink(path); // Bind says it if that failed.
    }

    private static bool IsAnswered(string path)
    {
        using var probe = NewSocket();
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode != SocketError.ConnectionRefused;
        }
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
