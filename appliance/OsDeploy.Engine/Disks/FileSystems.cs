using System.Buffers.Binary;
using System.Globalization;

namespace OsDeploy.Disks;

/// <summary>What can be done with each file system, each with its own tools, on a loop device over its partition.</summary>
public static class FileSystems
{
    private const int NtfsSerialOffset = 0x48;
    private const string MountFolder = "/run/osdeploy/mounts";
    private static readonly TimeSpan s_longDeadline = TimeSpan.FromHours(2);

    public static bool CanGrow(string? fs) => fs is "ntfs" or "ext2" or "ext3" or "ext4" or "btrfs" or "xfs";

    internal static bool IsRaidMember(string? fs) => fs is not null && fs.EndsWith("_raid_member", StringComparison.Ordinal);

    /// <summary>Makes a file system as large as its device. It must be clean.</summary>
    public static Task GrowAsync(string fs, LoopDevice device, CancellationToken cancel) => fs switch
    {
        // One --force answers its question; a second would override the flag of a volume that needs a check.
        "ntfs" => RunAsync(cancel, "ntfsresize", "--force", "--no-progress-bar", device.Path),
        "ext2" or "ext3" or "ext4" => GrowExtAsync(device, cancel),
        "btrfs" => OnMountedAsync(device, [], folder => RunAsync(cancel, "btrfs", "filesystem", "resize", "max", folder), cancel),
        // The master's file system may be mounted beside its copy: both have one UUID.
        "xfs" => OnMountedAsync(device, ["-o", "nouuid"], folder => RunAsync(cancel, "xfs_growfs", "-d", folder), cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(fs), fs, "cannot grow"),
    };

    /// <summary>Makes an empty file system, whatever was there before.</summary>
    /// <param name="uuid">As blkid writes it; ignored where it is not one of this kind of file system.</param>
    /// <exception cref="UserErrorException"><c>volume-format</c>, <c>tool-failed</c></exception>
    public static async Task MakeAsync(string fs, LoopDevice device, string? uuid, string? label, CancellationToken cancel)
    {
        // Signatures of what was here before confuse probing where the new file system does not overwrite them.
        await RunAsync(cancel, "wipefs", "--all", "--force", device.Path);
        await RunAsync(cancel, MakeCommand(fs, device, uuid, label));
        if (fs == "ntfs" && ulong.TryParse(uuid, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var serial))
        {
            SetNtfsSerial(device, serial);
        }
    }

    /// <summary>Whether there is a swap area with this UUID and label already.</summary>
    public static async Task<bool> IsSwapAsync(LoopDevice device, string? uuid, string? label, CancellationToken cancel)
    {
        var found = await Blkid.ProbeAsync(device.Path, 0, device.Length, cancel);
        return found.Type == "swap"
            && (uuid is null || string.Equals(found.Uuid, uuid, StringComparison.OrdinalIgnoreCase))
            && (found.Label ?? "") == (label ?? "");
    }

    private static string[] MakeCommand(string fs, LoopDevice device, string? uuid, string? label)
    {
        var start = (device.Offset / device.SectorSize).ToString(CultureInfo.InvariantCulture);
        var guid = Guid.TryParse(uuid, out _) ? uuid : null;
        var serial = uuid?.Replace("-", "", StringComparison.Ordinal) is { Length: 8 } digits && digits.All(char.IsAsciiHexDigit) ? digits : null;
        return fs switch
        {
            "fat16" => ["mkfs.fat", "-F", "16", "-h", start, .. Option("-i", serial), .. Option("-n", label), device.Path],
            "fat32" => ["mkfs.fat", "-F", "32", "-h", start, .. Option("-i", serial), .. Option("-n", label), device.Path],
            "ntfs" => ["mkntfs", "-Q", "-p", start, "-H", "255", "-S", "63", .. Option("-L", label), device.Path],
            "ext2" or "ext3" or "ext4" => ["mkfs." + fs, "-q", "-F", .. Option("-U", guid), .. Option("-L", label), device.Path],
            "btrfs" => ["mkfs.btrfs", "-q", "-f", .. Option("-U", guid), .. Option("-L", label), device.Path],
            "xfs" => ["mkfs.xfs", "-q", "-f", .. Option("-m", guid is null ? null : "uuid=" + guid), .. Option("-L", label), device.Path],
            "swap" => ["mkswap", "-q", .. Option("-U", guid), .. Option("-L", label), device.Path],
            _ => throw DiskErrors.CannotMake(fs),
        };
    }

    // mkntfs knows only random ones. It stands in the boot sector and its copy in the last sector.
    private static void SetNtfsSerial(LoopDevice device, ulong serial)
    {
        using var disk = DiskFile.OpenWrite(device.AsDisk);
        var boot = new byte[device.SectorSize];
        disk.Read(0, boot);
        BinaryPrimitives.WriteUInt64LittleEndian(boot.AsSpan(NtfsSerialOffset), serial);
        disk.Write(0, boot);
        disk.Write(device.Length - device.SectorSize, boot);
        disk.Flush();
    }

    private static string[] Option(string name, string? value) => string.IsNullOrEmpty(value) ? [] : [name, value];

    private static async Task GrowExtAsync(LoopDevice device, CancellationToken cancel)
    {
        // resize2fs insists on a check. Only what needs no decision is corrected (code 1).
        await new Command("e2fsck", "-f", "-p", device.Path).Accepting(code => code is 0 or 1).WithDeadline(s_longDeadline).RunAsync(cancel);
        await RunAsync(cancel, "resize2fs", device.Path);
    }

    private static async Task OnMountedAsync(LoopDevice device, string[] options, Func<string, Task> action, CancellationToken cancel)
    {
        var folder = Path.Combine(MountFolder, Path.GetFileName(device.Path));
        Directory.CreateDirectory(folder);
        await RunAsync(cancel, ["mount", .. options, device.Path, folder]);
        try
        {
            await action(folder);
        }
        finally
        {
            await RunAsync(CancellationToken.None, "umount", folder);
            Directory.Delete(folder);
        }
    }

    private static Task<CommandResult> RunAsync(CancellationToken cancel, params string[] command) =>
        new Command(command[0], command[1..]).WithDeadline(s_longDeadline).RunAsync(cancel);
}
