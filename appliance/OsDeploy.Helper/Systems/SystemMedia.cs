using Microsoft.Win32.SafeHandles;
using Mono.Unix.Native;
using OsDeploy.Helper.Storage;
using OsDeploy.SystemImages;

namespace OsDeploy.Helper.Systems;

/// <summary>Opens what a new system comes from. Nothing of it is mounted: see <see cref="JolietMedium"/>.</summary>
/// <param name="upload">File that the daemon has written, which is not trusted with what it says.</param>
internal sealed class SystemMedia(string upload)
{
    /// <exception cref="UserErrorException"><c>system-upload-missing</c>, <c>system-image-unknown</c>, <c>system-image-incomplete</c></exception>
    public JolietMedium OpenUpload()
    {
        // Whoever writes there could lay a link or a pipe in its place.
        var descriptor = Syscall.open(upload, OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK | OpenFlags.O_CLOEXEC);
        if (descriptor < 0)
        {
            throw Errors.UploadMissing();
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (Syscall.fstat(descriptor, out var found) != 0 || (found.st_mode & FilePermissions.S_IFMT) != FilePermissions.S_IFREG)
        {
            handle.Dispose();
            throw Errors.UploadMissing();
        }

        return new JolietMedium(new FileStream(handle, FileAccess.Read, bufferSize: 0));
    }

    /// <summary>The one stick or disc that holds an appliance's medium.</summary>
    /// <exception cref="UserErrorException"><c>system-medium-none</c>, <c>system-medium-several</c>, <c>disks-unreadable</c></exception>
    public static async Task<JolietMedium> OpenPluggedInAsync(string publicKey, CancellationToken cancel)
    {
        var found = new List<(string Path, JolietMedium Medium)>();
        foreach (var device in (await BlockDevice.ListAsync(cancel)).Where(device => device.Size > 0 && (device.IsDisk || device.Type == "rom") && !device.IsInUse))
        {
            if (TryOpen(device.Path, device.Size, publicKey) is { } medium)
            {
                found.Add((device.Path, medium));
            }
        }

        if (found is [var only])
        {
            return only.Medium;
        }

        found.ForEach(one => one.Medium.Dispose());
        throw found.Count == 0 ? Errors.MediumNone() : Errors.MediumSeveral(string.Join(", ", found.Select(one => one.Path)));
    }

    // What is signed by somebody else is said, not passed over: it may be the stick that somebody has just plugged in.
    private static JolietMedium? TryOpen(string device, long size, string publicKey)
    {
        try
        {
            var medium = new JolietMedium(new FileStream(device, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite, BufferSize = 0 }), size);
            if (HasSystem(medium, publicKey))
            {
                return medium;
            }

            medium.Dispose();
            return null;
        }
        catch (Exception e) when (e is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool HasSystem(JolietMedium medium, string publicKey)
    {
        try
        {
            _ = SignedSystem.Open(medium, publicKey);
            return true;
        }
        catch (UserErrorException e)
        {
            return e.Code is "system-image-signature" or "system-image-malformed";
        }
    }
}
