using Mono.Unix;
using Mono.Unix.Native;

namespace OsDeploy.Storage;

/// <summary>Room on the file system a store lies on.</summary>
public static class StoreSpace
{
    /// <summary>Bytes this process may still write to the file system that holds <paramref name="path"/>.</summary>
    /// <exception cref="UserErrorException"><c>store-read-failed</c></exception>
    public static long Free(string path) => Syscall.statvfs(path, out var space) == 0
        ? checked((long)(space.f_bavail * space.f_frsize))
        : throw Errors.StoreReadFailed(path, new UnixIOException(Stdlib.GetLastError()));
}
