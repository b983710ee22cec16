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

    /// <summary>Why <see cref="GrowAsync"/> would fail here whatever the file system holds; null: nothing is known to stand in the way.</summary>
    public static UserErrorException? WhyNotGrown(string fs) => WhyNotChanged(fs switch
    {
        "ntfs" => ["ntfsresize"],
        "ext2" or "ext3" or "ext4" => ["e2fsck", "resize2fs"],
        "btrfs" => ["mount", "umount", "btrfs"],
        "xfs" => ["mount", "umount", "xfs_growfs"],
        _ => throw new ArgumentOutOfRangeException(nameof(fs), fs, "cannot grow"),
    });

    /// <summary>Why <see cref="MakeAsync"/> would fail here; null: nothing is known to stand in the way.</summary>
    /// <param name="length">Bytes of the partition.</param>
    /// <param name="label">Tells the operator which partition is meant; too long a label is no obstacle, it is cut.</param>
    public static UserErrorException? WhyNotMade(string fs, long length, string? label, int sectorSize = 512) =>
        FormatSize.Of(fs, sectorSize) is not { } size ? DiskErrors.CannotMake(fs)
        : !size.Holds(length) ? DiskErrors.CannotMakeInSize(fs, length, label, size)
        : WhyNotChanged(["wipefs", MakeProgram(fs)]);

    /// <summary>The label as this file system can carry it: cut, and without characters it does not know; null: none.</summary>
    public static string? FitLabel(string fs, string? label) => VolumeLabel.Fit(fs, label);

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
        await RunAsync(cancel, MakeCommand(fs, device, uuid, FitLabel(fs, label)));
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
            && found.Label == FitLabel("swap", label);
    }

    private static string[] MakeCommand(string fs, LoopDevice device, string? uuid, string? label)
    {
        var start = (device.Offset / device.SectorSize).ToString(CultureInfo.InvariantCulture);
        var guid = Guid.TryParse(uuid, out _) ? uuid : null;
        var serial = uuid?.Replace("-", "", StringComparison.Ordinal) is { Length: 8 } digits && digits.All(char.IsAsciiHexDigit) ? digits : null;
        string[] options = fs switch
        {
            "fat16" or "fat32" => ["-F", fs[3..], "-h", start, .. Option("-i", serial), .. Option("-n", label)],
            "ntfs" => ["-Q", "-p", start, "-H", "255", "-S", "63", .. Option("-L", label)],
            "ext2" or "ext3" or "ext4" => ["-q", "-F", .. Option("-U", guid), .. Option("-L", label)],
            "btrfs" => ["-q", "-f", .. Option("-U", guid), .. Option("-L", label)],
            "xfs" => ["-q", "-f", .. Option("-m", guid is null ? null : "uuid=" + guid), .. Option("-L", label)],
            _ => ["-q", .. Option("-U", guid), .. Option("-L", label)],
        };
        return [MakeProgram(fs), .. options, device.Path];
    }

    private static string MakeProgram(string fs) => fs switch
    {
        "fat16" or "fat32" => "mkfs.fat",
        "ntfs" => "mkntfs",
        "ext2" or "ext3" or "ext4" or "btrfs" or "xfs" => "mkfs." + fs,
        "swap" => "mkswap",
        _ => throw DiskErrors.CannotMake(fs),
    };

    private static UserErrorException? WhyNotChanged(string[] programs) =>
        Environment.IsPrivilegedProcess ? Command.WhyMissing(["losetup", "setsid", .. programs]) : DiskErrors.NeedsRoot();

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
        await RunAsync(new Command("e2fsck", "-f", "-p", device.Path).Accepting(code => code is 0 or 1), cancel);
        await RunAsync(cancel, "resize2fs", device.Path);
    }

    /// <summary>Looks at the files of an EFI partition, without writing a byte.</summary>
    internal static async Task<T?> LookIntoFatAsync<T>(LoopDevice device, Func<string, T?> look, CancellationToken cancel)
    {
        T? seen = default;
        await OnMountedAsync(device, ["-t", "vfat", "-o", "ro"], folder =>
        {
            seen = look(folder);
            return Task.CompletedTask;
        }, cancel);
        return seen;
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
        RunAsync(new Command(command[0], command[1..]), cancel);

    // Half-way through, a file system is good for nothing: neither cancel nor Ctrl-C reaches a program that has begun.
    private static Task<CommandResult> RunAsync(Command command, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return command.WithOwnSession().WithDeadline(s_longDeadline).RunAsync(CancellationToken.None);
    }
}
