using System.Globalization;
using OsDeploy.Disks;

namespace OsDeploy.Personalisation;

/// <summary>A partition whose files can be reached until it is disposed: by its place on the disk, because its table may not be written yet.</summary>
internal sealed class Volume : IAsyncDisposable
{
    private static readonly string[] s_subvolumes = ["@", "@rootfs", "root"];

    private readonly LoopDevice _device;
    private bool _isMounted = true;

    private readonly string _folder;

    private Volume(LoopDevice device, VolumeTree tree, string folder) => (_device, Tree, _folder) = (device, tree, folder);

    public VolumeTree Tree { get; }

    /// <summary>Name of a partition as scripts of the OSS cloneTool know it, whatever the kernel calls the disk: <c>sda1</c>.</summary>
    /// <param name="disk">1 is the first disk of the image.</param>
    public static string NameOf(int disk, int partition) => string.Create(CultureInfo.InvariantCulture, $"sd{(char)('a' + disk - 1)}{partition}");

    /// <param name="folder">Where it is mounted; made if it is not there.</param>
    /// <exception cref="UserErrorException"><c>volume-mount</c></exception>
    public static async Task<Volume> MountAsync(DiskIdentity disk, PersonalPlace place, bool isReadOnly, string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        if (MountTable.IsMountPoint(folder))
        {
            throw PersonalErrors.PlaceTaken(place.Name, folder);
        }

        var device = await LoopDevice.AttachAsync(disk, place.Offset, place.Length, isReadOnly, cancel);
        try
        {
            var access = isReadOnly ? "ro" : "rw";
            var isNtfs = place.FileSystem == "ntfs";

            // A name that Windows cannot have would be a file that nobody there can delete.
            var mount = isNtfs
                ? new Command("ntfs-3g", "-o", access + ",windows_names", device.Path, folder)
                : new Command("mount", "-o", access + OptionsOf(place.FileSystem, isReadOnly), device.Path, folder);
            await mount.WithOwnSession().RunAsync(CancellationToken.None);
            return new Volume(device, new VolumeTree(RootIn(folder, place.FileSystem), ignoresCase: isNtfs || place.FileSystem is "vfat" or "exfat") { KeepsRights = !(place.FileSystem is "vfat" or "exfat") }, folder);
        }
        catch (UserErrorException e) when (e.Code == "tool-failed")
        {
            await device.DisposeAsync();
            throw PersonalErrors.NotMounted(place.Name, e);
        }
        catch
        {
            await device.DisposeAsync();
            throw;
        }
    }

    /// <summary>After this everything is on the disk.</summary>
    /// <exception cref="UserErrorException"><c>tool-failed</c>: something still uses it</exception>
    public async Task UnmountAsync()
    {
        if (_isMounted)
        {
            await new Command("umount", _folder).WithOwnSession().RunAsync(CancellationToken.None);
            _isMounted = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Where something still uses it, it goes as soon as that ends: the next try must not find it in its place.
            await (_isMounted ? new Command("umount", "--lazy", _folder).WithOwnSession().Accepting(_ => true).RunAsync(CancellationToken.None) : Task.CompletedTask);
        }
        finally
        {
            await _device.DisposeAsync();
        }
    }

    // A Linux on btrfs lies in a subvolume, which is a folder of the whole: "@" of Ubuntu, "@rootfs" of Debian, "root" of Fedora.
    private static string RootIn(string folder, string fileSystem) => fileSystem != "btrfs" || Directory.Exists(folder + "/etc")
        ? folder
        : s_subvolumes.Select(name => Path.Combine(folder, name)).FirstOrDefault(root => Directory.Exists(root + "/etc")) ?? folder;

    // Nothing of an image may become a program with rights, or a device, of the computer that restores it.
    private static string OptionsOf(string fileSystem, bool isReadOnly) => ",nosuid,nodev" + (fileSystem == "xfs" ? ",nouuid" : "") + (isReadOnly ? UnplayedOf(fileSystem) : "");

    // Work that a power cut stopped is looked at as it lies there: a journal cannot be played back without writing.
    private static string UnplayedOf(string fileSystem) => fileSystem switch
    {
        "ext3" or "ext4" => ",noload",
        "xfs" => ",norecovery",
        "btrfs" => ",rescue=nologreplay",
        _ => "",
    };
}

/// <summary>Where a partition is, on a disk whose table need not say so.</summary>
/// <param name="Name">For messages and scripts (<see cref="Volume.NameOf"/>).</param>
/// <param name="Offset">Bytes from the start of the disk.</param>
/// <param name="Length">Bytes.</param>
internal sealed record PersonalPlace(string Name, long Offset, long Length, string FileSystem);
