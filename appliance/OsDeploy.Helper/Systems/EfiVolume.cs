using System.Globalization;
using System.Security.Cryptography;
using OsDeploy.Storage;
using OsDeploy.SystemImages;

namespace OsDeploy.Helper.Systems;

/// <summary>
/// The EFI partition, FAT32, filled by mtools: the kernel mounts nothing. What the firmware looks for gets its name last.
/// </summary>
/// <param name="device">Its partition.</param>
/// <param name="work">An empty folder that nobody else can write to.</param>
/// <param name="run">Runs a program to its end.</param>
internal sealed class EfiVolume(string device, string work, Func<Command, CancellationToken, Task> run)
{
    public const string Environment = "EFI/debian/grubenv";

    private const string Started = "::/EFI/BOOT/BOOTX64.EFI";
    private const string NotYetStarted = "::/EFI/BOOT/BOOTX64.NEW";
    private const string Label = "OSD_EFI"; // as no start medium's label begins

    // So many clusters that it is FAT32 to every firmware.
    private static readonly string[] s_fat32 = ["-F", "-h", "255", "-s", "63", "-c", "4"];

    private static readonly Dictionary<string, string> s_quiet = new() { ["MTOOLSRC"] = "/dev/null", ["MTOOLS_SKIP_CHECK"] = "1", ["HOME"] = "/" };

    // Debian's signed GRUB looks for its script in EFI/debian, and shim for GRUB beside itself. GRUB for a BIOS is told the same place.
    private static readonly (string Name, string Place)[] s_files =
    [
        (SystemFiles.Shim, NotYetStarted),
        (SystemFiles.Grub, "::/EFI/BOOT/grubx64.efi"),
        (SystemFiles.KeyManager, "::/EFI/BOOT/mmx64.efi"),
        (SystemFiles.DiskMenu, "::/EFI/debian/grub.cfg"),
    ];

    /// <summary>Makes it, and reads it back. The firmware does not start from it yet.</summary>
    /// <exception cref="UserErrorException"><c>system-image-not-written</c>, those of the medium and of the programs.</exception>
    public async Task MakeAsync(SignedSystem system, GrubEnvironment environment, long size, Action<long> read, CancellationToken cancel)
    {
        var sectors = (size / 512).ToString(CultureInfo.InvariantCulture);
        await ToolAsync("mformat", ["-i", device, .. s_fat32, "-T", sectors, "-v", Label, "::"], cancel);
        await ToolAsync("mmd", ["-i", device, "::/EFI", "::/EFI/BOOT", "::/EFI/debian"], cancel);
        foreach (var (name, place) in s_files)
        {
            await using (var file = File.Create(Path.Combine(work, name)))
            {
                await system.CopyAsync(name, file, read, cancel);
            }

            await ToolAsync("mcopy", ["-i", device, Path.Combine(work, name), place], cancel);
        }

        await File.WriteAllBytesAsync(Path.Combine(work, "grubenv"), environment.ToBytes(), cancel);
        await ToolAsync("mcopy", ["-i", device, Path.Combine(work, "grubenv"), "::/" + Environment], cancel);
        Sync();
    }

    /// <exception cref="UserErrorException"><c>system-image-not-written</c>, those of the programs.</exception>
    public async Task ReadBackAsync(SystemManifest manifest, GrubEnvironment environment, CancellationToken cancel)
    {
        await run(new Command("blockdev", "--flushbufs", device), cancel);
        foreach (var (name, place) in s_files)
        {
            var back = Path.Combine(work, "back");
            File.Delete(back);
            await ToolAsync("mcopy", ["-i", device, place, back], cancel);
            await using var file = File.OpenRead(back);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)) != manifest.Files.Single(one => one.Name == name).Sha256)
            {
                throw SystemImageErrors.NotWritten(name);
            }
        }

        if (!ReadEnvironment().ToBytes().AsSpan().SequenceEqual(environment.ToBytes()))
        {
            throw SystemImageErrors.NotWritten("grubenv");
        }
    }

    /// <summary>From now on the firmware starts from it.</summary>
    public async Task CommitAsync(CancellationToken cancel)
    {
        await ToolAsync("mren", ["-i", device, NotYetStarted, Started], cancel);
        Sync();
    }

    /// <exception cref="UserErrorException"><c>system-environment</c></exception>
    public GrubEnvironment ReadEnvironment()
    {
        try
        {
            using var file = new FileStream(device, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite, BufferSize = 0 });
            var block = new byte[GrubEnvironment.Size];
            file.Position = FatFile.Find(file, Environment, GrubEnvironment.Size);
            file.ReadExactly(block);
            return GrubEnvironment.Parse(block);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw Errors.EnvironmentUnreadable(device, e);
        }
    }

    /// <summary>In the place where it is: all that changes lies in one sector, which a disk writes whole or not at all.</summary>
    /// <exception cref="UserErrorException"><c>system-environment</c>, <c>disk-write-failed</c></exception>
    public void WriteEnvironment(GrubEnvironment environment)
    {
        try
        {
            using var file = new FileStream(device, new FileStreamOptions { Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, BufferSize = 0 });
            file.Position = FatFile.Find(file, Environment, GrubEnvironment.Size);
            file.Write(environment.ToBytes()); // commit point
            DurableFile.Sync(file.SafeFileHandle, device);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw Errors.EnvironmentUnreadable(device, e);
        }
    }

    private void Sync()
    {
        using var file = File.OpenHandle(device, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        DurableFile.Sync(file, device);
    }

    private Task ToolAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancel) => run(new Command(program, arguments).WithEnvironment(s_quiet), cancel);
}
