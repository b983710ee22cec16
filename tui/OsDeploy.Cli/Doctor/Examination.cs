using System.Globalization;
using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using OsDeploy.Storage;
using OsDeploy.Text;

namespace OsDeploy.Cli.Doctor;

/// <summary>Looks at everything osdeploy needs of a computer. Changes nothing but a file it makes and removes itself.</summary>
internal static class Examination
{
    private const long RoomyBytes = 20L << 30;

    // Earlier than this program was written: certificates and the order of versions would be wrong.
    private static readonly DateTimeOffset s_earliest = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What the appliance will listen on: boot files, imaging and its console.
    private static readonly (int Port, bool IsUdp, string Purpose)[] s_ports =
        [(67, true, "DHCP"), (69, true, "TFTP"), (80, false, "boot files"), (443, false, "imaging"), (4011, true, "PXE")];

    /// <param name="storeFolder">Where images shall go, or null for the working folder.</param>
    public static IReadOnlyList<DoctorCheck> Run(TimeProvider clock, string? storeFolder) =>
    [
        .. CheckTools(),
        CheckLibrary("libzstd.so.1", "nothing can be compressed", "libzstd1"),
        CheckLibrary("libsqlite3.so.0", "this computer cannot be an appliance", "libsqlite3-0", CheckState.Limited),
        CheckLibrary("libhivex.so.0", "Windows cannot be personalised", "libhivex0"),
        CheckLibrary("libssl.so.3", "nothing can be hashed", "openssl"),
        CheckDurability(),
        CheckRoot(),
        CheckDevice("/dev/loop-control", "loop devices", "modprobe loop"),
        CheckDevice("/dev/fuse", "FUSE (the demonstration's NTFS)", "modprobe fuse"),
        .. CheckFileSystems(),
        CheckRoom(storeFolder ?? Environment.CurrentDirectory),
        CheckClock(clock.GetUtcNow()),
        .. CheckPorts(),
    ];

    private static IEnumerable<DoctorCheck> CheckTools() => Tools.All.Select(tool => Command.Find(tool.Name) is { } path
        ? new DoctorCheck("tools", tool.Name, CheckState.Good, path)
        : new DoctorCheck("tools", tool.Name, tool.IsNeeded ? CheckState.Missing : CheckState.Limited,
            $"not installed: {tool.Purpose} does not work", $"apt-get install {tool.Package}"));

    private static DoctorCheck CheckLibrary(string library, string consequence, string package, CheckState otherwise = CheckState.Missing)
    {
        if (!NativeLibrary.TryLoad(library, out var handle))
        {
            return new DoctorCheck("libraries", library, otherwise, "not installed: " + consequence, $"apt-get install {package}");
        }

        NativeLibrary.Free(handle);
        return new DoctorCheck("libraries", library, CheckState.Good, "loads");
    }

    // Goes through the native helper of Mono.Posix, which a broken installation may lack.
    private static DoctorCheck CheckDurability()
    {
        const string Name = "durable writes";
        var folder = Directory.CreateTempSubdirectory("osdeploy-doctor-");
        try
        {
            DurableFile.Write(Path.Combine(folder.FullName, "probe"), "probe"u8, overwrite: false);
            return new DoctorCheck("libraries", Name, CheckState.Good, "work");
        }
        catch (DllNotFoundException e)
        {
            return new DoctorCheck("libraries", Name, CheckState.Missing, Printable.Of(e.Message), "Install osdeploy again with all its files.");
        }
        catch (UserErrorException e)
        {
            return new DoctorCheck("libraries", Name, CheckState.Missing, e.Message, e.Hint);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DoctorCheck CheckRoot() => Environment.IsPrivilegedProcess
        ? new DoctorCheck("kernel", "root", CheckState.Good, "yes")
        : new DoctorCheck("kernel", "root", CheckState.Limited, "no: disks and loop devices are out of reach", "sudo osdeploy ...");

    private static DoctorCheck CheckDevice(string path, string name, string fix) => File.Exists(path)
        ? new DoctorCheck("kernel", name, CheckState.Good, path)
        : new DoctorCheck("kernel", name, path == "/dev/fuse" ? CheckState.Limited : CheckState.Missing, $"{path} does not exist", fix);

    private static IEnumerable<DoctorCheck> CheckFileSystems()
    {
        var known = File.ReadLines("/proc/filesystems").Select(line => line.Split('\t')[^1]).ToHashSet();
        foreach (var name in new[] { "btrfs", "xfs" })
        {
            // A module that is not loaded yet is loaded by the mount itself; only its file can tell.
            yield return known.Contains(name) || HasModule(name)
                ? new DoctorCheck("kernel", name, CheckState.Good, "can be mounted, so it can be grown")
                : new DoctorCheck("kernel", name, CheckState.Limited, "cannot be mounted: restored at its old size", $"modprobe {name}");
        }
    }

    private static bool HasModule(string fileSystem)
    {
        var folder = $"/lib/modules/{File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}/kernel/fs/{fileSystem}";
        return Directory.Exists(folder);
    }

    private static DoctorCheck CheckRoom(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        return free >= RoomyBytes
            ? new DoctorCheck("room", folder, CheckState.Good, Sizes.Of(free) + " free")
            : new DoctorCheck("room", folder, CheckState.Limited, $"only {Sizes.Of(free)} free", "osdeploy image prune --store DIR, or a larger disk");
    }

    private static DoctorCheck CheckClock(DateTimeOffset now)
    {
        var text = now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
        return now >= s_earliest
            ? new DoctorCheck("clock", "date", CheckState.Good, text)
            : new DoctorCheck("clock", "date", CheckState.Missing, text + " cannot be right", "timedatectl set-ntp true");
    }

    private static IEnumerable<DoctorCheck> CheckPorts()
    {
        var network = IPGlobalProperties.GetIPGlobalProperties();
        var udp = network.GetActiveUdpListeners().Select(end => end.Port).ToHashSet();
        var tcp = network.GetActiveTcpListeners().Select(end => end.Port).ToHashSet();
        foreach (var (port, isUdp, purpose) in s_ports)
        {
            var name = $"{port}/{(isUdp ? "udp" : "tcp")}";
            yield return (isUdp ? udp : tcp).Contains(port)
                ? new DoctorCheck("ports", name, CheckState.Limited, $"taken: this computer cannot serve {purpose}", $"ss -lnp 'sport = :{port}'")
                : new DoctorCheck("ports", name, CheckState.Good, "free for " + purpose);
        }
    }
}
